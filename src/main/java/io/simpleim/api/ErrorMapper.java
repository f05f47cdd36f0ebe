package io.simpleim.api;

import io.simpleim.model.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps exceptions to the failures that clients see, and logs those that the client did not cause. Thread-safe. */
public final class ErrorMapper {
    private static final Logger log = LoggerFactory.getLogger(ErrorMapper.class);
    private static final int RETRY_AFTER_SECONDS = 1;

    private ErrorMapper() {}

    /**
     * Maps an exception. Never throws.
     *
     * @param requestId named in the log and, after a defect, to the client
     */
    public static Failure map(Throwable thrown, String requestId) {
        if (thrown instanceof RequestRejected refused) {
            return new Failure(
                    refused.error(),
                    refused.reason(),
                    refused.textKey(),
                    refused.parameter(),
                    null,
                    refused.retryAfterSeconds(),
                    refused.data());
        }
        if (thrown instanceof StoreUnavailableException) {
            log.warn("{} ({})", thrown.getMessage(), requestId);
            return failure(ApiError.UNAVAILABLE, null, RETRY_AFTER_SECONDS);
        }
        log.error("Request {} failed: {}", requestId, thrown.getClass().getName(), thrown);
        return failure(ApiError.INTERNAL_ERROR, requestId, 0);
    }

    private static Failure failure(ApiError error, @Nullable String requestId, int retryAfterSeconds) {
        return new Failure(error, error.wireName(), error.wireName(), null, requestId, retryAfterSeconds, null);
    }
}
