package io.simpleim.event;

import org.jspecify.annotations.Nullable;

/** The events as they stand on the wire, one record each; {@link PushType} says when each is pushed. */
public final class Events {
    private Events() {}

    record Disconnect(int messageType, String event, String reason) {}

    record Read(int messageType, String event, String roomId, String userId, long seq) {}

    record Typing(int messageType, String event, String roomId, String userId) {}

    record Member(int messageType, String event, String roomId, String userId, String byUserId) {}

    /** What has not changed is null, and left out. */
    record RoomUpdated(
            int messageType,
            String event,
            String roomId,
            @Nullable String roomHostUserId,
            @Nullable String name) {}

    record RoomDismissed(int messageType, String event, String roomId) {}

    record Gap(int messageType, String event, String roomId, long afterSeq, long beforeSeq) {}

    public static Object disconnect(CloseCode code) {
        return new Disconnect(PushType.DISCONNECT.messageType(), PushType.DISCONNECT.event(), code.reason());
    }

    /** @param seq all up to this number is read */
    public static Object read(String roomId, String userId, long seq) {
        return new Read(PushType.READ.messageType(), PushType.READ.event(), roomId, userId, seq);
    }

    public static Object typing(String roomId, String userId) {
        return new Typing(PushType.TYPING.messageType(), PushType.TYPING.event(), roomId, userId);
    }

    /** @param byUserId who has invited the user; the user itself if it has entered of its own accord */
    public static Object memberJoined(String roomId, String userId, String byUserId) {
        return member(PushType.MEMBER_JOINED, roomId, userId, byUserId);
    }

    /** @param byUserId who has kicked the user; the user itself if it has left of its own accord */
    public static Object memberLeft(String roomId, String userId, String byUserId) {
        return member(PushType.MEMBER_LEFT, roomId, userId, byUserId);
    }

    private static Member member(PushType type, String roomId, String userId, String byUserId) {
        return new Member(type.messageType(), type.event(), roomId, userId, byUserId);
    }

    /** A room has another host. */
    public static Object hostChanged(String roomId, String hostUserId) {
        PushType type = PushType.ROOM_UPDATED;
        return new RoomUpdated(type.messageType(), type.event(), roomId, hostUserId, null);
    }

    /** A room has another name. */
    public static Object renamed(String roomId, String name) {
        PushType type = PushType.ROOM_UPDATED;
        return new RoomUpdated(type.messageType(), type.event(), roomId, null, name);
    }

    public static Object roomDismissed(String roomId) {
        return new RoomDismissed(PushType.ROOM_DISMISSED.messageType(), PushType.ROOM_DISMISSED.event(), roomId);
    }

    /** The messages between two numbers, both excluded, are not pushed. */
    public static Object gap(String roomId, long afterSeq, long beforeSeq) {
        return new Gap(PushType.GAP.messageType(), PushType.GAP.event(), roomId, afterSeq, beforeSeq);
    }
}
