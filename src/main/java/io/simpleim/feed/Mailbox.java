package io.simpleim.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The deliveries that wait in one feed, in order of arrival. Not thread-safe; {@link FeedQueue} guards it. */
final class Mailbox {
    private final Deque<Waiting> waiting = new ArrayDeque<>(2);

    private record Waiting(Delivery delivery, long sinceNanos) {}

    /**
     * Deliveries that are pushed together.
     *
     * @param sinceNanos when the first of them arrived, as {@link System#nanoTime()}; 0 for an empty batch
     */
    record Batch(List<Delivery> deliveries, long sinceNanos) {}

    void add(Delivery delivery, long nowNanos) {
        waiting.add(new Waiting(delivery, nowNanos));
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Removes and returns the oldest deliveries, {@code max} at most. */
    Batch take(int max) {
        Waiting first = waiting.peek();
        List<Delivery> taken = new ArrayList<>(Math.min(waiting.size(), max));
        while (!waiting.isEmpty() && taken.size() < max) {
            taken.add(waiting.remove().delivery());
        }
        return new Batch(taken, first == null ? 0 : first.sinceNanos());
    }
}
