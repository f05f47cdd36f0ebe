package io.simpleim.connection;

import io.simpleim.api.Limit;

/** Thrown when a connection is closed because it exceeds a limit. Has no stack trace, since clients cause it. */
public final class TooManyConnectionsException extends RuntimeException {
    private final Limit limit;

    TooManyConnectionsException(Limit limit) {
        super(limit.settingName(), null, false, false);
        this.limit = limit;
    }

    /** The limit that the connection exceeds. */
    public Limit limit() {
        return limit;
    }
}
