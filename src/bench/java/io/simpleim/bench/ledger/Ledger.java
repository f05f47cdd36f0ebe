package io.simpleim.bench.ledger;

import io.simpleim.bench.measure.LatencyHistogram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records all answers and pushes since a server's start, to find lost or duplicated messages. Not thread-safe. */
public final class Ledger {
    private final Map<String, RoomBook> books = new HashMap<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final PushFields pushFields = new PushFields();
    private final PushFields answerFields = new PushFields();
    private final Map<String, Integer> ends = new TreeMap<>();
    private LatencyHistogram untilAll = new LatencyHistogram();
    private long answered;
    private long expected;
    private long delivered;
    private long doubled;
    private long outOfOrder;
    private long events;
    private long strays;

    /** Adds a listening connection. */
    public Receiver receiver() {
        Receiver receiver = new Receiver(this);
        receivers.add(receiver);
        return receiver;
    }

    RoomBook book(String roomId) {
        return books.computeIfAbsent(roomId, id -> new RoomBook(id, this));
    }

    Collection<RoomBook> books() {
        return books.values();
    }

    PushFields pushFields() {
        return pushFields;
    }

    /** Records a send that was answered with code 200. */
    public void answer(byte[] bytes, int from, int to, long sentNanos) {
        RoomBook book = book(answerFields.roomId(bytes, from, to));
        long key = answerFields.key(bytes, from, to);
        answered++;
        expected += book.receivers();
        if (!book.answer(answerFields.seq(bytes, from, to), key, sentNanos)) {
            doubled++;
        }
    }

    void delivered() {
        delivered++;
    }

    void doubled() {
        doubled++;
    }

    void outOfOrder() {
        outOfOrder++;
    }

    void event() {
        events++;
    }

    void stray() {
        strays++;
    }

    /** Two messages have the same seq. */
    void contradiction() {
        doubled++;
    }

    void ended(String why) {
        ends.merge(why, 1, Integer::sum);
    }

    void reachedAll(long nanos) {
        untilAll.record(nanos);
    }

    /** Clears {@link #untilAll()}. */
    public void beginWindow() {
        untilAll = new LatencyHistogram();
    }

    /** Time from sending a message until the last of its receivers has it. */
    public LatencyHistogram untilAll() {
        return untilAll;
    }

    /** Number of answered messages. */
    public long answered() {
        return answered;
    }

    /** Number of messages received, summed over all connections. */
    public long deliveries() {
        return delivered;
    }

    /** Whether all expected deliveries have arrived. */
    public boolean isSettled() {
        return delivered >= expected;
    }

    /** The findings so far, without checking the store. */
    public Balance balance() {
        long missing = missing(false);
        long mismatched = 0;
        for (RoomBook book : books.values()) {
            for (long seq = 1; seq <= book.last(); seq++) {
                long key = book.answeredKey(seq);
                long pushed = book.pushedKey(seq);
                mismatched += key != 0 && pushed != 0 && key != pushed ? 1 : 0;
            }
        }
        return new Balance(
                answered,
                delivered,
                missing,
                missing(true),
                doubled + mismatched,
                outOfOrder,
                events,
                strays,
                Map.copyOf(ends));
    }

    private long missing(boolean hasEnded) {
        return receivers.stream()
                .filter(receiver -> receiver.hasEnded() == hasEnded)
                .mapToLong(Receiver::missing)
                .sum();
    }
}
