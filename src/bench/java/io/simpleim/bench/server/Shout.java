package io.simpleim.bench.server;

import java.util.concurrent.atomic.AtomicInteger;

/** A message of the bare broadcast. Thread-safe. */
final class Shout {
    private final String text;
    private final AtomicInteger left;
    private final Runnable onAllReached;

    /** @param listeners how many it is for */
    Shout(String text, int listeners, Runnable onAllReached) {
        this.text = text;
        this.left = new AtomicInteger(listeners);
        this.onAllReached = onAllReached;
    }

    String text() {
        return text;
    }

    void reachedOne() {
        if (left.decrementAndGet() == 0) {
            onAllReached.run();
        }
    }
}
