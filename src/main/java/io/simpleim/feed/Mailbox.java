package io.simpleim.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What waits to be pushed in a room, and since when. Not thread-safe: its owner locks it. */
final class Mailbox {
    private final Deque<Waiting> waiting = new ArrayDeque<>(2);

    private record Waiting(Delivery delivery, long sinceNanos) {}

    /**
     * What is pushed together.
     *
     * @param sinceNanos when the first of it came, by the clock of whoever has added it; of no meaning without any
     */
    record Round(List<Delivery> deliveries, long sinceNanos) {}

    void add(Delivery delivery, long nowNanos) {
        waiting.add(new Waiting(delivery, nowNanos));
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the first ones out. */
    Round take(int most) {
        Waiting first = waiting.peek();
        List<Delivery> taken = new ArrayList<>(Math.min(waiting.size(), most));
        while (!waiting.isEmpty() && taken.size() < most) {
            taken.add(waiting.remove().delivery());
        }
        return new Round(taken, first == null ? 0 : first.sinceNanos());
    }
}
