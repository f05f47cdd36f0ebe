package io.simpleim.api;

import java.util.Locale;

/**
 * Every error that a client can meet. The lower-case name is the wire's {@code error} and never changes; the text comes
 * from the bundle {@code messages}. Errors with HTTP status 200 are answers of the application: the endpoint took the
 * request and refused it. Any other status means that the endpoint never judged it.
 */
public enum ApiError {
    /** The body is not what its Content-Type says. The client has a defect. */
    MALFORMED_BODY(400),
    /** A WebSocket handshake of a page of another site, which {@code [web] allowedOrigins} does not have. */
    ORIGIN_NOT_ALLOWED(403),
    /** No such path. */
    NOT_FOUND(404),
    /** The path takes another method; {@code Allow} names it. */
    METHOD_NOT_ALLOWED(405),
    /** The body is over {@code [limits] maxBodyBytes}. */
    TOO_LARGE(413),
    /** The body is none of the three forms, or in a character set that the server does not know. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** A plain GET on a WebSocket path. */
    UPGRADE_REQUIRED(426),
    /** More than {@code [limits]} lets a user or an address do in a second. Wait for {@code Retry-After} seconds. */
    RATE_LIMITED(429),
    /** A defect of the server; {@code request_id} leads to it in the log. */
    INTERNAL_ERROR(500),
    /** A store is out of reach, the write queue is full, or the server is stopping. Try again, with the same ids. */
    UNAVAILABLE(503),

    /** No token, or one that the server has not signed. Get a new one. Refuses a handshake with status 401. */
    UNAUTHENTICATED(200),
    /** The token has expired, or its session was ended by logging out. Get a new one. Status 401 on a handshake. */
    TOKEN_EXPIRED(200),
    /** Only a partner's back end may do this: send {@code X-Partner-Key}, or call from the server's own machine. */
    PARTNER_KEY_REQUIRED(200),
    MISSING_PARAMETER(200),
    INVALID_PARAMETER(200),
    USER_NOT_FOUND(200),
    /** The partner has banned the user ({@code user.user_status} is -1). Status 401 on a handshake. */
    USER_BANNED(200),
    ROOM_NOT_FOUND(200),
    NOT_IN_ROOM(200),
    NOT_ROOM_HOST(200),
    /** The room has {@code [limits] membersPerRoom} members. */
    ROOM_FULL(200),
    /** The user is in {@code [limits] roomsPerUser} rooms. Leave some. */
    TOO_MANY_ROOMS(200),
    MUTED(200),
    BLOCKED(200),
    MESSAGE_NOT_FOUND(200),
    RECALL_EXPIRED(200),
    /** The same {@code client_msg_id} was used for another content. The client has a defect. */
    CONFLICT(200),
    /** A partner's before-send hook said no. */
    REJECTED(200),

    /** WebSocket only: a frame that is not a JSON object. The connection stays. */
    MALFORMED_FRAME(200),
    /** WebSocket only: the frame's {@code op} is none that the server knows. The connection stays. */
    UNKNOWN_OP(200);

    private final int httpStatus;

    ApiError(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The value of {@code error} in an answer. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the caller has not shown who it is: a WebSocket handshake is then refused with 401. */
    public boolean refusesHandshake() {
        return this == UNAUTHENTICATED || this == TOKEN_EXPIRED || this == USER_BANNED;
    }
}
