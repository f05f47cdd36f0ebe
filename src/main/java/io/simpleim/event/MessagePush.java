package io.simpleim.event;

import io.simpleim.model.Message;

/**
 * A message as it is pushed. The first three components are the published ones.
 *
 * @param createdAt Unix seconds
 */
public record MessagePush(
        String messageId,
        int messageType,
        String messageData,
        String roomId,
        int roomType,
        String sendUserId,
        long seq,
        long createdAt) {

    public static MessagePush of(Message message, int roomType) {
        return new MessagePush(
                message.messageId(),
                message.type(),
                message.data(),
                message.roomId(),
                roomType,
                message.senderId(),
                message.seq(),
                message.createdAt());
    }
}
