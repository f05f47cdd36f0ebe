package io.simpleim.model;

/**
 * A store could not be reached or did not answer in time. It is unknown whether a write took effect, so a retry must use
 * the same ids.
 */
public final class StoreUnavailableException extends RuntimeException {
    /** Drivers describe the whole cluster in every message. */
    private static final int MAX_REASON_CHARS = 120;

    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is out of reach: " + shortened(String.valueOf(cause.getMessage())), cause);
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS) + "…";
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
