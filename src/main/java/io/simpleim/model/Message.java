package io.simpleim.model;

/**
 * A message that is stored and has its number.
 *
 * @param seq its number in the room: 1, 2, 3, … without a hole
 * @param type 1 to 9999, the applications' own (1 = text)
 * @param createdAt Unix seconds
 */
public record Message(
        String messageId, String roomId, long seq, String senderId, int type, String data, long createdAt) {}
