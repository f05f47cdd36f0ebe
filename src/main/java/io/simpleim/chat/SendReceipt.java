package io.simpleim.chat;

import io.simpleim.model.Message;

/**
 * The answer to a send: the message is stored.
 *
 * @param seq number of the message within its room, from 1
 * @param createdAt Unix seconds
 */
public record SendReceipt(String messageId, String roomId, long seq, long createdAt) {
    static SendReceipt of(Message message) {
        return new SendReceipt(message.messageId(), message.roomId(), message.seq(), message.createdAt());
    }
}
