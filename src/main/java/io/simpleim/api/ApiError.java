package io.simpleim.api;

import java.util.Locale;

/**
 * The catalogue of errors. The lower-case name is {@code error} on the wire and never changes; the text comes from the
 * bundle {@code messages}. With HTTP status 200 the endpoint examined the request and refused it; with any other status
 * the request did not reach the endpoint or the server failed.
 */
public enum ApiError {
    /** The body is not what its Content-Type says. The client has a defect. */
    MALFORMED_BODY(400),
    /** A WebSocket handshake from a page of another site that {@code [web] allowedOrigins} does not list. */
    ORIGIN_NOT_ALLOWED(403),
    /** No such path. */
    NOT_FOUND(404),
    /** The path supports other methods; {@code Allow} names them. */
    METHOD_NOT_ALLOWED(405),
    /** The body is over {@code [limits] maxBodyBytes}. */
    TOO_LARGE(413),
    /** The body has none of the three forms, or a character set that the server does not know. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** A plain GET on a WebSocket path. */
    UPGRADE_REQUIRED(426),
    /** A user or an address exceeds a rate in {@code [limits]}. Wait for {@code Retry-After} seconds. */
    RATE_LIMITED(429),
    /** A defect of the server; {@code request_id} finds it in the log. */
    INTERNAL_ERROR(500),
    /** A store is out of reach, the write queue is full, or the server is starting or stopping. Retry with the same ids. */
    UNAVAILABLE(503),

    /** No token, or one that the server did not sign. Get a new one. Status 401 on a handshake. */
    UNAUTHENTICATED(200),
    /** The token has expired or its session was ended. Get a new one. Status 401 on a handshake. */
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
    /** The {@code client_msg_id} was used for different content before. The client has a defect. */
    CONFLICT(200),
    /** A partner's before-send hook rejected the message. */
    REJECTED(200),

    /** WebSocket only: a frame is not a JSON object. The connection stays open. */
    MALFORMED_FRAME(200),
    /** WebSocket only: the server does not know the frame's {@code op}. The connection stays open. */
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

    /** Whether the error refuses a WebSocket handshake with status 401, because the caller is not authenticated. */
    public boolean refusesHandshake() {
        return this == UNAUTHENTICATED || this == TOKEN_EXPIRED || this == USER_BANNED;
    }
}
