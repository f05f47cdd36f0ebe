package io.simpleim.http.room;

import io.simpleim.conversation.Conversation;
import io.simpleim.json.UpperCamel;
import org.jspecify.annotations.Nullable;

/**
 * An item of {@code get_room_list} on the wire. The first eight members are the published ones. Times are in Unix seconds;
 * {@code peerUserId} is left out for group rooms.
 */
@UpperCamel
record RoomListItem(
        String roomId,
        int roomType,
        int roomStatus,
        String roomHostUserId,
        String lastUserId,
        String lastMessageId,
        long lastMessageUpdatedAt,
        long createAt,
        long lastSeq,
        long readSeq,
        long unread,
        int memberCount,
        String name,
        String lastMessageData,
        @Nullable String peerUserId) {

    static RoomListItem of(Conversation conversation) {
        return new RoomListItem(
                conversation.roomId(),
                conversation.roomType(),
                conversation.roomStatus(),
                conversation.hostUserId(),
                conversation.lastSenderId(),
                conversation.lastMessageId(),
                conversation.lastMessageAt(),
                conversation.createdAt(),
                conversation.lastSeq(),
                conversation.readSeq(),
                conversation.unread(),
                conversation.memberCount(),
                conversation.name(),
                conversation.lastMessageData(),
                conversation.peerUserId());
    }
}
