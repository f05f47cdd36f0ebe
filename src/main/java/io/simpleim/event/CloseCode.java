package io.simpleim.event;

import java.util.Locale;

/** The catalogue of close codes: why the server closes a connection, and how the client should react. */
public enum CloseCode {
    /** The server is stopping. The client reconnects, to another node if there is one. */
    GOING_AWAY(1001),
    /**
     * The client keeps sending frames although each is refused by the rate limit: a defect. RFC 6455, section 7.4.1.
     */
    FLOODING(1008),
    /** A frame exceeds {@code [limits] maxFrameBytes}: a defect in the client. */
    FRAME_TOO_LARGE(1009),
    /** The user logged out or was kicked off. The client needs a new token. */
    LOGGED_OUT(4001),
    /** The client needs a new token. */
    TOKEN_EXPIRED(4003),
    /** The client reads too slowly or shows no sign of life. It reconnects and gets what it missed. */
    TOO_SLOW(4008),
    /**
     * {@code [limits] connectionsPerUser} or {@code connectionsPerAddress} is reached. The client closes a connection,
     * or connects later.
     */
    TOO_MANY_CONNECTIONS(4029);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The text of the close frame, for people who read the wire. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
