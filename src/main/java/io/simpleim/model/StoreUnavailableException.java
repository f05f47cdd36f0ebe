package io.simpleim.model;

/**
 * A store could not be reached, or did not answer in time. Whether a write has happened is unknown: whoever tries again
 * does it with the same ids.
 */
public final class StoreUnavailableException extends RuntimeException {
    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is out of reach: " + cause.getMessage(), cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
