package io.simpleim.model;

/**
 * A store could not be reached or did not answer in time. It is unknown whether a write took effect, so a retry must use
 * the same ids.
 */
public final class StoreUnavailableException extends RuntimeException {
    /** In characters; drivers describe the whole cluster in every message. */
    private static final int LONGEST_REASON = 120;

    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is out of reach: " + shortened(String.valueOf(cause.getMessage())), cause);
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
