package io.simpleim.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A user's view of a room. Times are in Unix seconds.
 *
 * @param roomType one of {@link io.simpleim.model.RoomType}
 * @param roomStatus one of {@link io.simpleim.model.RoomStatus}
 * @param hostUserId empty for rooms of type 1
 * @param lastSenderId empty if the room has no message
 * @param lastMessageId empty if the room has no message
 * @param lastSeq number of the newest message; 0 if the room has no message
 * @param readSeq the user has read all messages up to this number
 * @param unread the number of messages after {@code readSeq}, 0 or more
 * @param lastMessageData empty if the room has no message
 * @param peerUserId the other user of a room of type 1; null for other rooms
 */
public record Conversation(
        String roomId,
        int roomType,
        int roomStatus,
        String hostUserId,
        String lastSenderId,
        String lastMessageId,
        long lastMessageAt,
        long createdAt,
        long lastSeq,
        long readSeq,
        long unread,
        int memberCount,
        String name,
        String lastMessageData,
        @Nullable String peerUserId) {}
