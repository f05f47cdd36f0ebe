package io.simpleim.bench.ledger;

import io.simpleim.bench.client.Text;
import java.util.Arrays;

/** What is known of a room's messages, by their numbers. Not thread-safe. */
final class RoomBook {
    private static final int FIRST_CAPACITY = 1024;

    private final String roomId;
    private final byte[] roomIdBytes;
    private final Ledger ledger;

    /** How many connections get each message. */
    private int receivers;

    private long[] answered = new long[FIRST_CAPACITY];
    private long[] pushed = new long[FIRST_CAPACITY];
    private long[] sentAt = new long[FIRST_CAPACITY];
    private long[] reachedAllAt = new long[FIRST_CAPACITY];
    private int[] receipts = new int[FIRST_CAPACITY];
    private long last;

    RoomBook(String roomId, Ledger ledger) {
        this.roomId = roomId;
        this.roomIdBytes = Text.ascii(roomId);
        this.ledger = ledger;
    }

    String roomId() {
        return roomId;
    }

    boolean isRoom(byte[] bytes, int at, int to) {
        return Text.isAt(roomIdBytes, bytes, at, to);
    }

    void addReceiver() {
        receivers++;
    }

    int receivers() {
        return receivers;
    }

    /** The highest number that was answered. */
    long last() {
        return last;
    }

    /** The message that was answered with a number; 0 if none was. */
    long answeredKey(long seq) {
        return seq < answered.length ? answered[(int) seq] : 0;
    }

    /** The message that was pushed with a number; 0 if none was. */
    long pushedKey(long seq) {
        return seq < pushed.length ? pushed[(int) seq] : 0;
    }

    /** @return false if the number was another message's already */
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

    /** @return false if the number was pushed with another message */
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

    /** Either the answer or the last push comes last. */
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
