package io.simpleim.event;

import java.util.Locale;

/** Why the server closes a connection, and what the client does then. */
public enum CloseCode {
    /** The server is going down: connect again, another node answers. */
    GOING_AWAY(1001),
    /** Goes on sending frames although each is refused as too many: the client has a defect. RFC 6455, section 7.4.1. */
    FLOODING(1008),
    /** A frame over {@code [limits] maxFrameBytes}: the client has a defect. */
    FRAME_TOO_LARGE(1009),
    /** Logged out or kicked off: a new token is needed. */
    LOGGED_OUT(4001),
    /** The token has expired: a new token is needed. */
    TOKEN_EXPIRED(4003),
    /** The client reads too slowly, or shows no sign of life: connect again, what it missed is there. */
    TOO_SLOW(4008),
    /** {@code [limits] connectionsPerUser} or {@code connectionsPerAddress} are open: close one, and connect later. */
    TOO_MANY_CONNECTIONS(4029);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The text of the close frame, for people who look at the wire. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
