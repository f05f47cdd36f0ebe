package io.simpleim.model;

/**
 * A stored message.
 *
 * @param seq number in the room: 1, 2, 3, … without gaps
 * @param type 1 to 9999, defined by applications (1 = text)
 * @param createdAt Unix seconds
 */
public record Message(
        String messageId, String roomId, long seq, String senderId, int type, String data, long createdAt) {}
