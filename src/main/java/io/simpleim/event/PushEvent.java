package io.simpleim.event;

import org.jspecify.annotations.Nullable;

/**
 * An event that the server pushes. Each record holds what its event adds to {@code message_type} and {@code event};
 * the components are the members on the wire, in their order. {@link PushType} says when each is pushed. Immutable.
 */
public sealed interface PushEvent {
    PushType type();

    /** @param reason as {@link CloseCode#reason()} */
    record Disconnect(String reason) implements PushEvent {
        public static Disconnect of(CloseCode code) {
            return new Disconnect(code.reason());
        }

        @Override
        public PushType type() {
            return PushType.DISCONNECT;
        }
    }

    /** @param seq the user has read all messages up to this number */
    record Read(String roomId, String userId, long seq) implements PushEvent {
        @Override
        public PushType type() {
            return PushType.READ;
        }
    }

    record Typing(String roomId, String userId) implements PushEvent {
        @Override
        public PushType type() {
            return PushType.TYPING;
        }
    }

    /** @param byUserId the member who invited the user; the user's own id if the user entered without an invitation */
    record MemberJoined(String roomId, String userId, String byUserId) implements PushEvent {
        @Override
        public PushType type() {
            return PushType.MEMBER_JOINED;
        }
    }

    /** @param byUserId the member who kicked the user; the user's own id if the user left */
    record MemberLeft(String roomId, String userId, String byUserId) implements PushEvent {
        @Override
        public PushType type() {
            return PushType.MEMBER_LEFT;
        }
    }

    /** A value that has not changed is null and left out on the wire. */
    record RoomUpdated(
            String roomId,
            @Nullable String roomHostUserId,
            @Nullable String name) implements PushEvent {
        public static RoomUpdated withHost(String roomId, String hostUserId) {
            return new RoomUpdated(roomId, hostUserId, null);
        }

        public static RoomUpdated withName(String roomId, String name) {
            return new RoomUpdated(roomId, null, name);
        }

        @Override
        public PushType type() {
            return PushType.ROOM_UPDATED;
        }
    }

    record RoomDismissed(String roomId) implements PushEvent {
        @Override
        public PushType type() {
            return PushType.ROOM_DISMISSED;
        }
    }

    /** The messages between two numbers, both excluded, are not pushed. */
    record Gap(String roomId, long afterSeq, long beforeSeq) implements PushEvent {
        @Override
        public PushType type() {
            return PushType.GAP;
        }
    }
}
