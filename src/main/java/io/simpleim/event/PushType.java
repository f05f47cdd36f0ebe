package io.simpleim.event;

/**
 * The server's own pushes: no messages, without a {@code seq}, with a {@code message_type} from 10000 on. They go to who
 * is connected and are not stored: none is needed to know what the lists and the history say.
 */
public enum PushType {
    /** Just before a connection is closed with 4001 or 4003; {@code reason} says which. The client gets a new token. */
    DISCONNECT(10001, "disconnect"),
    /** A member has read a room up to a number. The client marks what it shows. */
    READ(10003, "read"),
    /** A member is writing. The client shows it for some seconds. */
    TYPING(10004, "typing"),
    /** A user is a member from now on; told to all members, that one included. */
    MEMBER_JOINED(10005, "member_joined"),
    /** A user is no member any more; told to who stays and to who has left or was kicked. */
    MEMBER_LEFT(10006, "member_left"),
    /** Something about a room has changed: its host, or its name. The client shows the new value. */
    ROOM_UPDATED(10007, "room_updated"),
    /** A room's last member has left: it is found no more. The client takes it from its list. */
    ROOM_DISMISSED(10008, "room_dismissed"),
    /** More was missed than is pushed: what lies between two numbers is in the history. */
    GAP(10010, "gap");

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
