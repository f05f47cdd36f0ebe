package io.simpleim.event;

import io.simpleim.model.Message;

/**
 * A message as it is pushed: the components are the members on the wire, in their order. The first three are the members
 * that the original protocol publishes.
 *
 * @param roomType as {@link io.simpleim.model.Room#type()}
 * @param seq the message's number in its room
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
