package io.simpleim.cluster.outbox;

import java.time.Clock;

/**
 * The catch-up that this node has yet to request from the others, for messages that it could not publish. Thread-safe.
 */
final class OwedCatchUp {
    /** Stands for the time if nothing is owed. */
    static final long NOTHING = Long.MAX_VALUE;

    /** Maximum time from the sending of a message to its publication. */
    private static final int MAX_AGE_SECONDS = 10;

    private final Clock clock;
    /** The time from which to catch up, in Unix seconds. Guarded by this. */
    private long since = NOTHING;

    OwedCatchUp(Clock clock) {
        this.clock = clock;
    }

    /** Owes a catch-up for a message that cannot be published now. */
    void add() {
        putBack(clock.instant().getEpochSecond() - MAX_AGE_SECONDS);
    }

    synchronized boolean isEmpty() {
        return since == NOTHING;
    }

    /**
     * Returns the time from which to catch up, in Unix seconds, and owes nothing from then on; NOTHING if nothing is
     * owed.
     */
    synchronized long take() {
        long taken = since;
        since = NOTHING;
        return taken;
    }

    /** Owes again what was taken. */
    synchronized void putBack(long taken) {
        since = Math.min(since, taken);
    }
}
