package io.simpleim.cluster.membership;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether this node has received all messages of its stream, and if not, since when it may have missed some. The state
 * is incomplete until the catch-up for missed messages has finished. Times are Unix seconds. Thread-safe; calls nothing
 * while it holds its lock.
 */
public final class StreamContinuity {
    /** Stands for a time that has not come. */
    public static final long NEVER = Long.MAX_VALUE;

    // Guarded by this.
    /** The last time at which the stream was intact. */
    private long intactAt;
    /** Since when messages may have been missed without a catch-up that looks for them; NEVER if none were. */
    private long brokenSince;
    /** The start times of catch-ups that have not finished. */
    private final List<Long> catchUps = new ArrayList<>();
    /** Everything that other nodes had published by then has been read. */
    private long readUpTo;
    /** Whether the stream cannot be read. */
    private boolean isUnreadable;

    /** Starts as broken: a new node has read nothing. */
    public StreamContinuity(long now) {
        intactAt = now;
        brokenSince = now;
        readUpTo = now;
    }

    /** Records that everything that other nodes had published by a time has been read. */
    public synchronized void readUpTo(long at) {
        readUpTo = at;
        isUnreadable = false;
    }

    /** Marks the stream as unreadable until {@link #readUpTo} is called. */
    public synchronized void failToRead() {
        isUnreadable = true;
    }

    public synchronized boolean isUnreadable() {
        return isUnreadable;
    }

    /**
     * Marks the stream as broken: messages may have been missed since it was last intact.
     *
     * @return whether it was intact before this call
     */
    public synchronized boolean breakOff() {
        boolean wasIntact = brokenSince == NEVER;
        brokenSince = Math.min(brokenSince, intactAt);
        return wasIntact;
    }

    public synchronized boolean isBroken() {
        return brokenSince != NEVER;
    }

    /**
     * Makes the stream intact again and starts a catch-up for what was missed.
     *
     * @return since when messages may have been missed, or NEVER
     */
    public synchronized long restore(long at) {
        long since = brokenSince;
        brokenSince = NEVER;
        intactAt = Math.min(at, readUpTo);
        if (since != NEVER) {
            catchUps.add(since);
        }
        return since;
    }

    /** Records the start of a catch-up for messages that were missed since a time. */
    public synchronized void startCatchUp(long since) {
        catchUps.add(since);
    }

    /** Records the end of one of the catch-ups that started with this time. */
    public synchronized void finishCatchUp(long since) {
        catchUps.remove(since);
    }

    /** Whether the stream is intact and no catch-up is running. */
    public synchronized boolean isComplete() {
        return brokenSince == NEVER && catchUps.isEmpty();
    }

    /** Returns the time up to which nothing can have been missed. */
    public synchronized long completeUntil(long now) {
        long until = Math.min(Math.min(now, readUpTo), brokenSince);
        for (long since : catchUps) {
            until = Math.min(until, since);
        }
        return until;
    }
}
