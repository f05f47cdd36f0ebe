package io.simpleim.config;

/**
 * What one message, room, user, address, connection and node may take. Each component is the setting of that name;
 * {@link Settings} says what it means.
 */
public record Limits(
        int maxMessageBytes,
        int maxBodyBytes,
        int maxFrameBytes,
        int jsonDepth,
        int jsonMembers,
        int bodySeconds,
        int membersPerRoom,
        int roomsPerUser,
        int messagesPerSecond,
        int messageBurst,
        int framesPerSecond,
        int frameBurst,
        int loginsPerSecond,
        int loginBurst,
        int handshakesPerSecond,
        int handshakeBurst,
        int connections,
        int connectionsPerUser,
        int connectionsPerAddress,
        int outboundQueueBytes,
        int outboundQueueSeconds,
        int offlinePerRoom,
        int idleSeconds,
        int writeQueue) {
    /** What a request or frame holds besides its message. */
    private static final int MESSAGE_WRAPPING_BYTES = 1024;

    static Limits from(Values values) {
        Limits limits = new Limits(
                values.get(Settings.MAX_MESSAGE_BYTES),
                values.get(Settings.MAX_BODY_BYTES),
                values.get(Settings.MAX_FRAME_BYTES),
                values.get(Settings.JSON_DEPTH),
                values.get(Settings.JSON_MEMBERS),
                values.get(Settings.BODY_SECONDS),
                values.get(Settings.MEMBERS_PER_ROOM),
                values.get(Settings.ROOMS_PER_USER),
                values.get(Settings.MESSAGES_PER_SECOND),
                values.get(Settings.MESSAGE_BURST),
                values.get(Settings.FRAMES_PER_SECOND),
                values.get(Settings.FRAME_BURST),
                values.get(Settings.LOGINS_PER_SECOND),
                values.get(Settings.LOGIN_BURST),
                values.get(Settings.HANDSHAKES_PER_SECOND),
                values.get(Settings.HANDSHAKE_BURST),
                values.get(Settings.CONNECTIONS),
                values.get(Settings.CONNECTIONS_PER_USER),
                values.get(Settings.CONNECTIONS_PER_ADDRESS),
                values.get(Settings.OUTBOUND_QUEUE_BYTES),
                values.get(Settings.OUTBOUND_QUEUE_SECONDS),
                values.get(Settings.OFFLINE_PER_ROOM),
                values.get(Settings.IDLE_SECONDS),
                values.get(Settings.WRITE_QUEUE));
        limits.checkHolds(values, Settings.MAX_BODY_BYTES, limits.maxBodyBytes);
        limits.checkHolds(values, Settings.MAX_FRAME_BYTES, limits.maxFrameBytes);
        return limits;
    }

    private void checkHolds(Values values, Setting<Integer> container, int bytes) {
        int least = maxMessageBytes + MESSAGE_WRAPPING_BYTES;
        values.check(bytes >= least, container, Settings.MAX_MESSAGE_BYTES, "at least " + least);
    }
}
