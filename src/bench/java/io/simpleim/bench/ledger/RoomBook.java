package io.simpleim.bench.ledger;

import io.simpleim.bench.client.ByteText;
import java.util.Arrays;

/** Answers and pushes of one room, by seq. Not thread-safe. */
final class RoomBook {
    private static final int FIRST_CAPACITY = 1024;

    private final String roomId;
    private final byte[] roomIdBytes;
    private final Ledger ledger;

    /** Number of connections that get each message. */
    private int receivers;

    private long[] answered = new long[FIRST_CAPACITY];
    private long[] pushed = new long[FIRST_CAPACITY];
    private long[] sentAt = new long[FIRST_CAPACITY];
    private long[] reachedAllAt = new long[FIRST_CAPACITY];
    private int[] receipts = new int[FIRST_CAPACITY];
    private long last;

    RoomBook(String roomId, Ledger ledger) {
        this.roomId = roomId;
        this.roomIdBytes = ByteText.ascii(roomId);
        this.ledger = ledger;
    }

    String roomId() {
        return roomId;
    }

    boolean isRoom(byte[] bytes, int at, int to) {
        return ByteText.isAt(roomIdBytes, bytes, at, to);
    }

    void addReceiver() {
        receivers++;
    }

    int receivers() {
        return receivers;
    }

    /** The highest answered seq. */
    long last() {
        return last;
    }

    /** Key of the message answered with this seq; 0 if none was. */
    long answeredKey(long seq) {
        return seq < answered.length ? answered[(int) seq] : 0;
    }

    /** Key of the message pushed with this seq; 0 if none was. */
    long pushedKey(long seq) {
        return seq < pushed.length ? pushed[(int) seq] : 0;
    }

    /** @return false if the seq was answered before */
    boolean answer(long seq, long key, long sentNanos) {
        int at = reserve(seq);
        if (answered[at] != 0) {
            return false;
        }
        answered[at] = key;
        sentAt[at] = sentNanos;
        last = Math.max(last, seq);
        noteIfComplete(at);
        return true;
    }

    /** @return false if the seq was pushed with another message */
    boolean push(long seq, long key, long nowNanos) {
        int at = reserve(seq);
        if (pushed[at] == 0) {
            pushed[at] = key;
        }
        if (++receipts[at] == receivers) {
            reachedAllAt[at] = nowNanos;
            noteIfComplete(at);
        }
        return pushed[at] == key;
    }

    /** The answer may arrive before or after the last push. */
    private void noteIfComplete(int at) {
        if (sentAt[at] != 0 && reachedAllAt[at] != 0) {
            ledger.reachedAll(reachedAllAt[at] - sentAt[at]);
        }
    }

    private int reserve(long seq) {
        if (seq >= answered.length) {
            int capacity = Math.toIntExact(Math.max(seq + 1, 2L * answered.length));
            answered = Arrays.copyOf(answered, capacity);
            pushed = Arrays.copyOf(pushed, capacity);
            sentAt = Arrays.copyOf(sentAt, capacity);
            reachedAllAt = Arrays.copyOf(reachedAllAt, capacity);
            receipts = Arrays.copyOf(receipts, capacity);
        }
        return (int) seq;
    }
}
