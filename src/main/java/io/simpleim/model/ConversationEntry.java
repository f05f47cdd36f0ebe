package io.simpleim.model;

/**
 * A room's place in one user's conversation list.
 *
 * @param activeAtMillis Unix milliseconds of the room's last activity; orders the list
 * @param readSeq the user has read all messages up to this number
 */
public record ConversationEntry(String userId, String roomId, int roomType, long activeAtMillis, long readSeq) {
    /** Returns a copy with another read position. */
    public ConversationEntry withReadSeq(long seq) {
        return new ConversationEntry(userId, roomId, roomType, activeAtMillis, seq);
    }
}
