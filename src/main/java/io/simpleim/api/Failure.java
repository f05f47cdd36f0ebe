package io.simpleim.api;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a request, as its client sees it. Immutable.
 *
 * @param reason the metrics label: the name of the limit's setting if a limit was exceeded, else the error
 * @param textKey the key of the text below {@code error.} in the bundle
 * @param parameter the missing or invalid parameter, null for other errors
 * @param requestId finds the failure in the log; null except for defects
 * @param retryAfterSeconds 0 = unknown
 * @param data further details, mostly null
 */
public record Failure(
        ApiError error,
        String reason,
        String textKey,
        @Nullable String parameter,
        @Nullable String requestId,
        int retryAfterSeconds,
        @Nullable Object data) {

    /** The metrics label of the outcome: {@code refused}, {@code unavailable} or {@code failed}. */
    public String outcome() {
        return switch (error) {
            case UNAVAILABLE -> "unavailable";
            case INTERNAL_ERROR -> "failed";
            default -> "refused";
        };
    }
}
