package io.simpleim.api;

/**
 * The limits that a client can exceed. The name of the setting below {@code [limits]} is also the metrics label of the
 * refusals that the limit causes.
 */
public enum Limit {
    MAX_MESSAGE_BYTES("maxMessageBytes"),
    MAX_BODY_BYTES("maxBodyBytes"),
    MAX_FRAME_BYTES("maxFrameBytes"),
    JSON_DEPTH("jsonDepth"),
    JSON_MEMBERS("jsonMembers"),
    BODY_SECONDS("bodySeconds"),
    MEMBERS_PER_ROOM("membersPerRoom"),
    ROOMS_PER_USER("roomsPerUser"),
    MESSAGES_PER_SECOND("messagesPerSecond"),
    FRAMES_PER_SECOND("framesPerSecond"),
    LOGINS_PER_SECOND("loginsPerSecond"),
    HANDSHAKES_PER_SECOND("handshakesPerSecond"),
    CONNECTIONS("connections"),
    CONNECTIONS_PER_USER("connectionsPerUser"),
    CONNECTIONS_PER_ADDRESS("connectionsPerAddress"),
    WRITE_QUEUE("writeQueue");

    private final String settingName;

    Limit(String settingName) {
        this.settingName = settingName;
    }

    /** The name of the setting below {@code [limits]}. */
    public String settingName() {
        return settingName;
    }
}
