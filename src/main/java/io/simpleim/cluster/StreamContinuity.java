package io.simpleim.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * What a node can be sure to have heard: since when it may have missed something, until it has looked that up. Times are
 * Unix seconds. Thread-safe.
 */
final class StreamContinuity {
    static final long NEVER = Long.MAX_VALUE;

    // Guarded by this.
    /** The last time at which all was well. */
    private long wellAt;
    /** Since when this node may not have heard everything, and nobody looks for it yet; NEVER if it has. */
    private long unsureSince;
    /** Times from which on the store is being looked through. */
    private final List<Long> lookingBack = new ArrayList<>();

    /** All that others had told by then has been read. */
    private long heardAt;
    /** Whether what others tell cannot be read. */
    private boolean isDeaf;

    /** A node that begins has heard nothing. */
    StreamContinuity(long now) {
        wellAt = now;
        unsureSince = now;
        heardAt = now;
    }

    /** All that others had told by a time has been read. */
    synchronized void heard(long at) {
        heardAt = at;
        isDeaf = false;
    }

    /** From now on what others tell cannot be read, until something has been. */
    synchronized void deafen() {
        isDeaf = true;
    }

    synchronized boolean isDeaf() {
        return isDeaf;
    }

    /** The node may have missed something since all was well; whether it was sure before. */
    synchronized boolean lose() {
        boolean wasSure = unsureSince == NEVER;
        unsureSince = Math.min(unsureSince, wellAt);
        return wasSure;
    }

    synchronized boolean isLost() {
        return unsureSince != NEVER;
    }

    /**
     * All is well again, as of a time; since when something may have been missed, or NEVER. That is looked for from now on,
     * so nothing since then is sure before it is found.
     */
    synchronized long regain(long at) {
        long since = unsureSince;
        unsureSince = NEVER;
        wellAt = Math.min(at, heardAt);
        if (since != NEVER) {
            lookingBack.add(since);
        }
        return since;
    }

    /** What was missed since a time is looked for from now on. */
    synchronized void beginToLook(long since) {
        lookingBack.add(since);
    }

    /** What was missed since a time has been found. */
    synchronized void endToLook(long since) {
        lookingBack.remove(since);
    }

    /** Whether nothing is in doubt. */
    synchronized boolean isWhole() {
        return unsureSince == NEVER && lookingBack.isEmpty();
    }

    /** The time up to which nothing can have been missed. */
    synchronized long since(long now) {
        long sure = Math.min(Math.min(now, heardAt), unsureSince);
        for (long since : lookingBack) {
            sure = Math.min(sure, since);
        }
        return sure;
    }
}
