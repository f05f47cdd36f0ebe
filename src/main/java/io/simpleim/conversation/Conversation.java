package io.simpleim.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A user's view of a room. Times are in Unix seconds.
 *
 * @param unread the number of messages after {@code readSeq}
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
