package io.simpleim.push;

/** The server's own pushes: no messages, without a {@code seq}, with a {@code message_type} from 10000 on. */
public enum PushType {
    /** Just before a connection is closed with 4001 or 4003; {@code reason} says which. */
    DISCONNECT(10001, "disconnect");

    private final int messageType;
    private final String event;

    PushType(int messageType, String event) {
        this.messageType = messageType;
        this.event = event;
    }

    public int messageType() {
        return messageType;
    }

    /** The value of {@code event} on the wire. */
    public String event() {
        return event;
    }
}
