package io.simpleim.conversation;

import io.simpleim.json.UpperCamel;
import org.jspecify.annotations.Nullable;

/**
 * An item of a user's conversation list, as published: the first eight components; times are Unix seconds.
 *
 * @param unread how many numbers there are after {@code readSeq}
 * @param peerUserId the other user of a room of type 1
 */
@UpperCamel
public record RoomListItem(
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
        @Nullable String peerUserId) {}
