package io.simpleim.model;

/**
 * A message that is not numbered yet.
 *
 * @param messageId derived from the client's id if it sent one, so that a repeated send has the same id
 * @param type 1 to 9999
 * @param createdAt Unix seconds
 */
public record MessageDraft(String messageId, String roomId, String senderId, int type, String data, long createdAt) {

    /** Returns the message with its number. */
    public Message numbered(long seq) {
        return numbered(seq, createdAt);
    }

    /** Returns the message as an earlier draft stored it, at a time in Unix seconds. */
    public Message numbered(long seq, long storedAt) {
        return new Message(messageId, roomId, seq, senderId, type, data, storedAt);
    }

    /** Whether a draft with the same id has the same content; only then is it a repetition of the same send. */
    public boolean saysTheSame(int otherType, String otherData) {
        return type == otherType && data.equals(otherData);
    }
}
