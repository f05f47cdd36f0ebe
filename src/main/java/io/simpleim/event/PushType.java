package io.simpleim.event;

/**
 * The catalogue of events. Events have a {@code message_type} from 10000 on and no {@code seq}. They are pushed to
 * connected users only and never stored: lists and history hold the same facts.
 */
public enum PushType {
    /** Precedes a close with 4001 or 4003; {@code reason} says which. The client gets a new token. */
    DISCONNECT(10001, "disconnect"),
    /** A member has read a room up to a number. The client marks the messages as read. */
    READ(10003, "read"),
    /** A member is typing. The client shows it for some seconds. */
    TYPING(10004, "typing"),
    /** A user has become a member. All members get it, the new one included. */
    MEMBER_JOINED(10005, "member_joined"),
    /** A user is no longer a member. The remaining members get it, and so does the user who left or was kicked. */
    MEMBER_LEFT(10006, "member_left"),
    /** A room has a new host or a new name. The client shows the new value. */
    ROOM_UPDATED(10007, "room_updated"),
    /** A room's last member has left, and the room is gone. The client removes it from its list. */
    ROOM_DISMISSED(10008, "room_dismissed"),
    /** The user missed more messages than are pushed. The client finds those between two numbers in the history. */
    GAP(10010, "gap");

    private final int messageType;
    private final String event;

    PushType(int messageType, String event) {
        this.messageType = messageType;
        this.event = event;
    }

    /** The value of {@code message_type} on the wire. */
    public int messageType() {
        return messageType;
    }

    /** The value of {@code event} on the wire. */
    public String event() {
        return event;
    }
}
