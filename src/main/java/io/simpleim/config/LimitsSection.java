package io.simpleim.config;

import java.util.Optional;

/** {@code [limits]}: what one message, room, user, address, connection or node may use. */
public final class LimitsSection {
    static final Section SECTION = new Section(Settings.SYS_FILE, "limits");

    public static final Setting<Integer> MAX_MESSAGE_BYTES =
            SECTION.wholeNumber("maxMessageBytes", 16384, 1, 1048576, "UTF-8 bytes of a message");
    public static final Setting<Integer> MAX_BODY_BYTES =
            SECTION.wholeNumber("maxBodyBytes", 131072, 1024, 16777216, "bytes of a request body");
    public static final Setting<Integer> MAX_FRAME_BYTES =
            SECTION.wholeNumber("maxFrameBytes", 131072, 1024, 16777216, "bytes of a WebSocket frame from a client");
    public static final Setting<Integer> JSON_DEPTH =
            SECTION.wholeNumber("jsonDepth", 16, 4, 100, "levels of objects and arrays in the JSON of a body or frame");
    public static final Setting<Integer> JSON_MEMBERS =
            SECTION.wholeNumber("jsonMembers", 10000, 16, 1000000, "members and items in the JSON of a body or frame");
    public static final Setting<Integer> BODY_SECONDS =
            SECTION.wholeNumber("bodySeconds", 20, 1, 600, "seconds within which a whole request body must arrive");
    public static final Setting<Integer> MEMBERS_PER_ROOM =
            SECTION.wholeNumber("membersPerRoom", 5000, 2, 100000, "members of a room");
    public static final Setting<Integer> ROOMS_PER_USER = SECTION.wholeNumber(
            "roomsPerUser",
            10000,
            1,
            100000,
            "rooms of type 2 that a user may be in before entering or creating another");
    public static final Setting<Integer> MESSAGES_PER_SECOND = SECTION.wholeNumber(
            "messagesPerSecond", 200, 1, 1000000, "messages per second that a user may send on average");
    public static final Setting<Integer> MESSAGE_BURST = SECTION.wholeNumber(
            "messageBurst", 2000, 1, 1000000, "messages that a user may send at once after a pause");
    public static final Setting<Integer> FRAMES_PER_SECOND = SECTION.wholeNumber(
            "framesPerSecond",
            200,
            1,
            1000000,
            "frames other than messages, and room changes, per second that a user may send on average");
    public static final Setting<Integer> FRAME_BURST = SECTION.wholeNumber(
            "frameBurst",
            2000,
            1,
            1000000,
            "frames other than messages, and room changes, that a user may send at once after a pause");
    public static final Setting<Integer> LOGINS_PER_SECOND = SECTION.wholeNumber(
            "loginsPerSecond", 200, 1, 1000000, "tokens per second that one address may request on average");
    public static final Setting<Integer> LOGIN_BURST = SECTION.wholeNumber(
            "loginBurst", 2000, 1, 1000000, "tokens that one address may request at once after a pause");
    public static final Setting<Integer> HANDSHAKES_PER_SECOND = SECTION.wholeNumber(
            "handshakesPerSecond", 100, 1, 1000000, "WebSocket handshakes per second from one address on average");
    public static final Setting<Integer> HANDSHAKE_BURST = SECTION.wholeNumber(
            "handshakeBurst", 2000, 1, 1000000, "WebSocket handshakes from one address at once after a pause");
    public static final Setting<Integer> CONNECTIONS = SECTION.wholeNumber(
            "connections",
            18000,
            1,
            1000000,
            "WebSockets on this node; never more than nine tenths of the connector's maxConnections");
    public static final Setting<Integer> CONNECTIONS_PER_USER =
            SECTION.wholeNumber("connectionsPerUser", 32, 1, 1000000, "WebSockets of one user on this node");
    public static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
            SECTION.wholeNumber("connectionsPerAddress", 5000, 1, 1000000, "WebSockets from one address on this node");
    public static final Setting<Integer> OUTBOUND_QUEUE_BYTES = SECTION.wholeNumber(
            "outboundQueueBytes",
            1048576,
            65536,
            1073741824,
            "bytes that may wait for a slow connection before it is closed");
    public static final Setting<Integer> OUTBOUND_QUEUE_SECONDS = SECTION.wholeNumber(
            "outboundQueueSeconds",
            15,
            1,
            3600,
            "seconds that a push may wait for a slow connection before it is closed");
    public static final Setting<Integer> OFFLINE_PER_ROOM = SECTION.wholeNumber(
            "offlinePerRoom",
            200,
            1,
            10000,
            "missed messages per room that are pushed to a user who connects; the others are left to the history");
    public static final Setting<Integer> IDLE_SECONDS = SECTION.wholeNumber(
            "idleSeconds",
            60,
            2,
            86400,
            "seconds without a sign of life, which pings ask for, before a connection is closed");
    public static final Setting<Integer> WRITE_QUEUE =
            SECTION.wholeNumber("writeQueue", 10000, 1, 1000000, "messages that may wait to be stored");

    /** Space that a request or frame needs beyond its message. */
    private static final int MESSAGE_WRAPPING_BYTES = 1024;

    static {
        SECTION.rule(MAX_BODY_BYTES, MAX_MESSAGE_BYTES, config -> tooSmall(config, MAX_BODY_BYTES));
        SECTION.rule(MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, config -> tooSmall(config, MAX_FRAME_BYTES));
    }

    private LimitsSection() {}

    private static Optional<String> tooSmall(ServerConfig config, Setting<Integer> container) {
        int minimum = config.get(MAX_MESSAGE_BYTES) + MESSAGE_WRAPPING_BYTES;
        return config.get(container) < minimum ? Optional.of("at least " + minimum) : Optional.empty();
    }
}
