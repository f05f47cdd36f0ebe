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
    /** Kept until it is used, so that an incarnation that could not begin leaves nothing behind in Redis. */
    private String nextId = UUID.randomUUID().toString();
    /** Whether Redis knows this incarnation as alive, as far as this node can tell. */
    private boolean isNamed;
    /** The successful beats of this incarnation. */
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

    /** The next incarnation has begun under {@link #nextId}. */
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

    /** The name or the stream of an incarnation is gone: unless it is an earlier one, the next beat begins a new one. */
    public synchronized void lose(String nodeId) {
        if (nodeId.equals(id)) {
            isNamed = false;
        }
    }

    /** This node counts as dead from now on. */
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
