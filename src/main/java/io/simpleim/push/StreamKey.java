package io.simpleim.push;

/**
 * Identifies a numbered stream: its elements have the numbers 1, 2, 3, …, and a connection gets them in that order.
 * Immutable. Create one per message or feed and pass it on; the hash is computed once.
 */
public final class StreamKey {
    /** What a stream of a room consists of. */
    public enum Kind {
        MESSAGES
    }

    private final String roomId;
    private final Kind kind;
    private final int hash;

    private StreamKey(String roomId, Kind kind) {
        this.roomId = roomId;
        this.kind = kind;
        this.hash = 31 * roomId.hashCode() + kind.hashCode();
    }

    /** The stream of a room's messages. */
    public static StreamKey ofMessages(String roomId) {
        return new StreamKey(roomId, Kind.MESSAGES);
    }

    public String roomId() {
        return roomId;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof StreamKey key
                        && hash == key.hash
                        && kind == key.kind
                        && roomId.equals(key.roomId));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return kind + " of " + roomId;
    }
}
