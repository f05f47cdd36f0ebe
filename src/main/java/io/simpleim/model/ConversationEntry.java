package io.simpleim.model;

/**
 * A room's place in one user's conversation list.
 *
 * @param activeAtMillis Unix milliseconds of the room's last activity; orders the list
 * @param readSeq all up to this number is read
 */
public record ConversationEntry(String userId, String roomId, int roomType, long activeAtMillis, long readSeq) {
    /** The same entry, with more that is read. */
    public ConversationEntry withReadSeq(long seq) {
        return new ConversationEntry(userId, roomId, roomType, activeAtMillis, seq);
    }
}
