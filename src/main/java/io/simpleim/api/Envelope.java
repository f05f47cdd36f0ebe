package io.simpleim.api;

import io.simpleim.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The published envelope of every response, as an ordered map that {@link Json} writes. Not a record, since successes and
 * failures have different members and clients see only those that apply.
 */
public final class Envelope {
    private static final int OK = 200;
    private static final int REFUSED = -1;

    private Envelope() {}

    /**
     * The response to a request that succeeded.
     *
     * @param data a value that {@link Json} can write
     */
    public static Map<String, @Nullable Object> success(Language language, String textKey, Object data) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("code", OK);
        envelope.put("msg", language.success(textKey));
        envelope.put("data", data);
        return envelope;
    }

    /** The response to a request that was refused or failed. */
    public static Map<String, @Nullable Object> failure(Language language, Failure failure) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("code", REFUSED);
        envelope.put("msg", language.error(failure.textKey()));
        envelope.put("error", failure.error().wireName());
        if (failure.parameter() != null) {
            envelope.put("parameter", failure.parameter());
        }
        if (failure.requestId() != null) {
            envelope.put("request_id", failure.requestId());
        }
        if (failure.retryAfterSeconds() > 0) {
            // Repeats the header, which WebSocket frames do not have.
            envelope.put("retry_after", failure.retryAfterSeconds());
        }
        if (failure.data() != null) {
            envelope.put("data", failure.data());
        }
        return envelope;
    }
}
