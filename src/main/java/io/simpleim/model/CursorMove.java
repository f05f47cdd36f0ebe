package io.simpleim.model;

/**
 * How far a user has got in a room, as far as is news. Numbers only ever rise.
 *
 * @param ackSeq all up to this number has reached the user, as its client says; 0 = nothing said
 * @param readSeq all up to this number is read; 0 = nothing said
 * @param firstReceived the first of some numbers in a row that were written to the user's connections; they count once
 *     all before them has reached the user. 0 = none
 * @param lastReceived the last of them
 */
public record CursorMove(
        String userId, String roomId, long ackSeq, long readSeq, long firstReceived, long lastReceived) {
    /** What the client says. */
    public static CursorMove said(String userId, String roomId, long ackSeq, long readSeq) {
        return new CursorMove(userId, roomId, ackSeq, readSeq, 0, 0);
    }

    /** What the network tells. */
    public static CursorMove received(String userId, String roomId, long firstSeq, long lastSeq) {
        return new CursorMove(userId, roomId, 0, 0, firstSeq, lastSeq);
    }

    /** Both together; of numbers that are not in a row only those that come first are kept. */
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

    /** Where a cursor that has been at a number is after this move. */
    public long ackedFrom(long stored) {
        long said = Math.max(stored, Math.max(ackSeq, readSeq));
        return firstReceived > 0 && firstReceived <= said + 1 ? Math.max(said, lastReceived) : said;
    }
}
