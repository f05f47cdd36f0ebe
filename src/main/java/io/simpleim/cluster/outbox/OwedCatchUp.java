package io.simpleim.cluster.outbox;

import java.time.Clock;

/** Since when other nodes may have missed messages of this one and have not been asked to catch up. Thread-safe. */
final class OwedCatchUp {
    static final long NOTHING = Long.MAX_VALUE;

    /** Maximum time from the sending of a message to its publication. */
    private static final int MAX_AGE_SECONDS = 10;

    private final Clock clock;
    /** Unix seconds; guarded by this. */
    private long since = NOTHING;

    OwedCatchUp(Clock clock) {
        this.clock = clock;
    }

    /** A message cannot be published now. */
    void add() {
        putBack(clock.instant().getEpochSecond() - MAX_AGE_SECONDS);
    }

    synchronized boolean isEmpty() {
        return since == NOTHING;
    }

    /** Returns since when, in Unix seconds, and owes nothing then; NOTHING if nothing is owed. */
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
