package io.simpleim.bench.ledger;

import io.simpleim.bench.client.Histogram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that was answered and pushed since a server's start. Not thread-safe. */
public final class Ledger {
    private final Map<String, RoomBook> books = new HashMap<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final PushFields pushFields = new PushFields();
    private final PushFields answerFields = new PushFields();
    private final Map<String, Integer> ends = new TreeMap<>();
    private Histogram untilAll = new Histogram();
    private long answered;
    private long expected;
    private long delivered;
    private long doubled;
    private long outOfOrder;
    private long events;
    private long strays;

    /** A connection that listens. */
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

    /** Notes that a send was answered with code 200. */
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

    /** The same number, and another message. */
    void contradiction() {
        doubled++;
    }

    void ended(String why) {
        ends.merge(why, 1, Integer::sum);
    }

    void reachedAll(long nanos) {
        untilAll.record(nanos);
    }

    /** From now on, what {@link #untilAll()} gives begins anew. */
    public void beginWindow() {
        untilAll = new Histogram();
    }

    /** How long messages took from being sent to the last connection that gets them. */
    public Histogram untilAll() {
        return untilAll;
    }

    /** Messages that were answered. */
    public long answered() {
        return answered;
    }

    /** Messages that were received, by all connections together. */
    public long deliveries() {
        return delivered;
    }

    /** Whether as many messages were received as have to be. */
    public boolean isSettled() {
        return delivered >= expected;
    }

    /** What this ledger has found so far, the store aside. */
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
