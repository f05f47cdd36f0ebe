package io.simpleim.model;

/**
 * An update of a user's cursor in a room. Cursors only move forward.
 *
 * @param ackSeq the client has acknowledged all messages up to this number; 0 = no acknowledgement
 * @param readSeq the user has read all messages up to this number; 0 = not reported
 * @param firstReceived start of a consecutive range of numbers that were written to the user's connections; the range
 *     counts once all messages before it have reached the user. 0 = none
 * @param lastReceived end of that range, inclusive
 */
public record CursorMove(
        String userId, String roomId, long ackSeq, long readSeq, long firstReceived, long lastReceived) {
    /** Creates a move that the client reported by {@code ack} or {@code read}. */
    public static CursorMove said(String userId, String roomId, long ackSeq, long readSeq) {
        return new CursorMove(userId, roomId, ackSeq, readSeq, 0, 0);
    }

    /** Creates a move from completed writes to the network. */
    public static CursorMove received(String userId, String roomId, long firstSeq, long lastSeq) {
        return new CursorMove(userId, roomId, 0, 0, firstSeq, lastSeq);
    }

    /** Combines two moves of the same user and room. If their received ranges do not connect, only the earlier range is kept. */
    public CursorMove and(CursorMove other) {
        long ack = Math.max(ackSeq, other.ackSeq);
        long read = Math.max(readSeq, other.readSeq);
        boolean isFirst = firstReceived <= other.firstReceived;
        CursorMove first = isFirst ? this : other;
        CursorMove second = isFirst ? other : this;
        if (first.firstReceived == 0) {
            return new CursorMove(userId, roomId, ack, read, second.firstReceived, second.lastReceived);
        }
        long last = second.firstReceived <= first.lastReceived + 1
                ? Math.max(first.lastReceived, second.lastReceived)
                : first.lastReceived;
        return new CursorMove(userId, roomId, ack, read, first.firstReceived, last);
    }

    /** Returns the ack position after this move, given the stored one. */
    public long ackedFrom(long stored) {
        long reported = Math.max(stored, Math.max(ackSeq, readSeq));
        return firstReceived > 0 && firstReceived <= reported + 1 ? Math.max(reported, lastReceived) : reported;
    }
}
