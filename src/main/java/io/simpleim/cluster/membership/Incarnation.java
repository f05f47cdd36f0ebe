package io.simpleim.cluster.membership;

import java.util.UUID;

/**
 * The identity under which other nodes know this one now, and whether they can find it. Thread-safe. Lock order: this, then
 * {@link StreamContinuity}.
 */
public final class Incarnation {
    /** After this many beats all other nodes have seen a new incarnation. */
    private static final int BEATS_UNTIL_KNOWN = 3;

    // Guarded by this.
    private String id = UUID.randomUUID().toString();
    /** Kept until it is used, so that repeated attempts to start an incarnation leave nothing behind in Redis. */
    private String nextId = UUID.randomUUID().toString();
    /** Whether Redis knows this incarnation as alive, as far as this node can tell. */
    private boolean isNamed;
    /** The number of successful beats of this incarnation. */
    private int beats;

    private boolean hasMissedBeat;

    public synchronized String id() {
        return id;
    }

    public synchronized String nextId() {
        return nextId;
    }

    public synchronized boolean isNamed() {
        return isNamed;
    }

    /** Returns the number of successful beats of this incarnation. */
    public synchronized int beats() {
        return beats;
    }

    /** Switches to the next incarnation, which Redis now knows under {@link #nextId}. */
    public synchronized void advance() {
        id = nextId;
        nextId = UUID.randomUUID().toString();
        isNamed = true;
        beats = 0;
    }

    public synchronized void beatSucceeded() {
        beats++;
        hasMissedBeat = false;
    }

    public synchronized void beatFailed() {
        hasMissedBeat = true;
    }

    /**
     * Records that the name or stream of an incarnation is gone from Redis. If it is the current one, the next beat
     * starts a new one. Has no effect for an earlier one.
     */
    public synchronized void lose(String nodeId) {
        if (nodeId.equals(id)) {
            isNamed = false;
        }
    }

    /** Records that this node leaves the cluster: it is no longer alive under any name. */
    public synchronized void leave() {
        isNamed = false;
    }

    /** Whether all other nodes know this incarnation after the current beat, so that they send it everything. */
    public synchronized boolean isKnownAfterThisBeat() {
        return beats + 1 >= BEATS_UNTIL_KNOWN;
    }

    /** Whether other nodes may not find this one, so that writing its users' locations is of no use. */
    public synchronized boolean isUnreachable(StreamContinuity continuity) {
        return !isNamed || hasMissedBeat || (continuity.isBroken() && beats >= BEATS_UNTIL_KNOWN);
    }
}
