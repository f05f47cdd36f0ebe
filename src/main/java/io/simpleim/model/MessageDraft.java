package io.simpleim.model;

/**
 * A message that has no number yet.
 *
 * @param messageId computed from the sender's own id where there is one, so that a repeated send has the same
 * @param type 1 to 9999
 * @param createdAt Unix seconds
 */
public record MessageDraft(String messageId, String roomId, String senderId, int type, String data, long createdAt) {

    /** The message, once it has its number. */
    public Message numbered(long seq) {
        return numbered(seq, createdAt);
    }

    /** The message, if an earlier draft of it had got its number, at a time in Unix seconds. */
    public Message numbered(long seq, long storedAt) {
        return new Message(messageId, roomId, seq, senderId, type, data, storedAt);
    }

    /** Whether another draft of the same id says the same: only then is it the same send, repeated. */
    public boolean saysTheSame(int otherType, String otherData) {
        return type == otherType && data.equals(otherData);
    }
}
