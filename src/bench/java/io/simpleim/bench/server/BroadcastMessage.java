package io.simpleim.bench.server;

import java.util.concurrent.atomic.AtomicInteger;

/** A message of the broadcast, which counts the listeners that it was sent to. Thread-safe. */
final class BroadcastMessage {
    private final String text;
    private final AtomicInteger left;
    private final Runnable onAllReached;

    /** @param listeners number of listeners that get it */
    BroadcastMessage(String text, int listeners, Runnable onAllReached) {
        this.text = text;
        this.left = new AtomicInteger(listeners);
        this.onAllReached = onAllReached;
    }

    String text() {
        return text;
    }

    void reachedListener() {
        if (left.decrementAndGet() == 0) {
            onAllReached.run();
        }
    }
}
