package io.simpleim.api;

import io.simpleim.json.InvalidJsonException;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused for a reason of the catalogue. Thrown by rules, caught in one place ({@link ErrorMapper}).
 * Has no stack trace: it is an answer, not a defect, and callers can cause as many as they like.
 */
public final class RequestRejected extends RuntimeException {
    private final ApiError error;
    private final String textKey;
    private final @Nullable String parameter;
    private final @Nullable Limit limit;
    private final int retryAfterSeconds;
    private final transient @Nullable Object data;

    private RequestRejected(
            ApiError error,
            String textKey,
            @Nullable String parameter,
            @Nullable Limit limit,
            int retryAfterSeconds,
            @Nullable Object data) {
        super(parameter == null ? error.wireName() : error.wireName() + ": " + parameter, null, false, false);
        this.error = error;
        this.textKey = textKey;
        this.parameter = parameter;
        this.limit = limit;
        this.retryAfterSeconds = retryAfterSeconds;
        this.data = data;
    }

    public static RequestRejected because(ApiError error) {
        return new RequestRejected(error, error.wireName(), null, null, 0, null);
    }

    /** The same error with a text of its own, where the usual one would mislead a reader. */
    public static RequestRejected because(ApiError error, String textKey) {
        return new RequestRejected(error, textKey, null, null, 0, null);
    }

    /** What is no JSON object, or too much of one. */
    public static RequestRejected because(ApiError error, InvalidJsonException cause) {
        RequestRejected refused = because(error);
        return switch (cause.fault()) {
            case SYNTAX -> refused;
            case TOO_DEEP -> refused.by(Limit.JSON_DEPTH);
            case TOO_MANY_MEMBERS -> refused.by(Limit.JSON_MEMBERS);
        };
    }

    public static RequestRejected missing(String parameter) {
        return new RequestRejected(
                ApiError.MISSING_PARAMETER, ApiError.MISSING_PARAMETER.wireName(), parameter, null, 0, null);
    }

    public static RequestRejected invalid(String parameter) {
        return new RequestRejected(
                ApiError.INVALID_PARAMETER, ApiError.INVALID_PARAMETER.wireName(), parameter, null, 0, null);
    }

    /** An error that passes: try again after so many seconds. */
    public static RequestRejected forNow(ApiError error, int retryAfterSeconds) {
        return new RequestRejected(error, error.wireName(), null, null, retryAfterSeconds, null);
    }

    /** The same refusal with something to tell besides. */
    public RequestRejected with(Object data) {
        return new RequestRejected(error, textKey, parameter, limit, retryAfterSeconds, data);
    }

    /** The same refusal, because of a limit. */
    public RequestRejected by(Limit cause) {
        return new RequestRejected(error, textKey, parameter, cause, retryAfterSeconds, data);
    }

    public ApiError error() {
        return error;
    }

    /** The key of the text, below {@code error.} in the bundle. */
    public String textKey() {
        return textKey;
    }

    /** The parameter that is missing or invalid, null for other errors. */
    public @Nullable String parameter() {
        return parameter;
    }

    /** What it is counted under: the limit's setting if it was one, else the error. */
    public String reason() {
        return limit == null ? error.wireName() : limit.settingName();
    }

    /** Seconds after which a new try makes sense, 0 = unknown. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** What the answer has in {@code data}, null for most. */
    public @Nullable Object data() {
        return data;
    }
}
