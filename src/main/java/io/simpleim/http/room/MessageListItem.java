package io.simpleim.http.room;

import io.simpleim.chat.HistoryEntry;
import io.simpleim.json.UpperCamel;

/**
 * An item of {@code get_room_message_list} on the wire. The first five members are the published ones.
 *
 * @param createAt Unix seconds
 */
@UpperCamel
record MessageListItem(
        String roomId,
        String messageId,
        String sendUserId,
        int sendStatus,
        long createAt,
        long seq,
        int messageType,
        String messageData) {

    static MessageListItem of(HistoryEntry entry) {
        return new MessageListItem(
                entry.roomId(),
                entry.messageId(),
                entry.senderId(),
                entry.sendStatus(),
                entry.createdAt(),
                entry.seq(),
                entry.type(),
                entry.data());
    }
}
