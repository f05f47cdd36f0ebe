package io.simpleim.service;

import io.simpleim.model.Message;

/**
 * The answer to a send: the message is stored.
 *
 * @param createdAt Unix seconds
 */
public record Sent(String messageId, String roomId, long seq, long createdAt) {
    static Sent of(Message message) {
        return new Sent(message.messageId(), message.roomId(), message.seq(), message.createdAt());
    }
}
