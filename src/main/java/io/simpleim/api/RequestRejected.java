package io.simpleim.api;

import io.simpleim.json.InvalidJsonException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request for a reason in the catalogue. Thrown by filters and rules, mapped by {@link ErrorMapper}. Has no
 * stack trace: it is a regular response, and clients can cause any number of them. Immutable.
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

    /** Refuses with an error and its usual text. */
    public static RequestRejected because(ApiError error) {
        return new RequestRejected(error, error.wireName(), null, null, 0, null);
    }

    /** Refuses with an error and another text, where the usual text would mislead. */
    public static RequestRejected because(ApiError error, String textKey) {
        return new RequestRejected(error, textKey, null, null, 0, null);
    }

    /** Refuses JSON that is malformed or exceeds a limit. */
    public static RequestRejected because(ApiError error, InvalidJsonException cause) {
        RequestRejected refused = because(error);
        return switch (cause.fault()) {
            case SYNTAX -> refused;
            case TOO_DEEP -> refused.by(Limit.JSON_DEPTH);
            case TOO_MANY_MEMBERS -> refused.by(Limit.JSON_MEMBERS);
        };
    }

    /** Refuses because a required parameter is absent. */
    public static RequestRejected missing(String parameter) {
        return new RequestRejected(
                ApiError.MISSING_PARAMETER, ApiError.MISSING_PARAMETER.wireName(), parameter, null, 0, null);
    }

    /** Refuses because of the value of a parameter. */
    public static RequestRejected invalid(String parameter) {
        return new RequestRejected(
                ApiError.INVALID_PARAMETER, ApiError.INVALID_PARAMETER.wireName(), parameter, null, 0, null);
    }

    /** Refuses for a temporary reason: the client should retry after some seconds. */
    public static RequestRejected forNow(ApiError error, int retryAfterSeconds) {
        return new RequestRejected(error, error.wireName(), null, null, retryAfterSeconds, null);
    }

    /** The same refusal with details for the client. */
    public RequestRejected with(Object data) {
        return new RequestRejected(error, textKey, parameter, limit, retryAfterSeconds, data);
    }

    /** The same refusal, caused by a limit. */
    public RequestRejected by(Limit cause) {
        return new RequestRejected(error, textKey, parameter, cause, retryAfterSeconds, data);
    }

    public ApiError error() {
        return error;
    }

    /** The key of the text below {@code error.} in the bundle. */
    public String textKey() {
        return textKey;
    }

    /** The missing or invalid parameter, null for other errors. */
    public @Nullable String parameter() {
        return parameter;
    }

    /** The metrics label: the setting of the limit if a limit caused the refusal, else the error. */
    public String reason() {
        return limit == null ? error.wireName() : limit.settingName();
    }

    /** Seconds after which a retry makes sense, 0 = unknown. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The details for {@code data} of the response, mostly null. */
    public @Nullable Object data() {
        return data;
    }
}
