package io.simpleim.api;

import org.jspecify.annotations.Nullable;

/**
 * What a client is told of a failure.
 *
 * @param reason what it is counted under
 * @param textKey the key of the text, below {@code error.} in the bundle
 * @param parameter the parameter that is missing or invalid, if that is the error
 * @param requestId leads to the failure in the log; only for defects
 * @param retryAfterSeconds 0 = unknown
 * @param data what there is to tell besides
 */
public record Failure(
        ApiError error,
        String reason,
        String textKey,
        @Nullable String parameter,
        @Nullable String requestId,
        int retryAfterSeconds,
        @Nullable Object data) {

    /** Whose matter it is, for who counts: {@code refused}, {@code unavailable} or {@code failed}. */
    public String outcome() {
        return switch (error) {
            case UNAVAILABLE -> "unavailable";
            case INTERNAL_ERROR -> "failed";
            default -> "refused";
        };
    }
}
