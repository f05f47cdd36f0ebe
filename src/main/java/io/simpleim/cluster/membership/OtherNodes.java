package io.simpleim.cluster.membership;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The other nodes as of the last look into Redis: which are alive, and which count as dead. Thread-safe. */
public final class OtherNodes {
    /** An older view is refreshed before it is used for addressing. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    /** A node that finds its own key expired has the time between two looks to start a new incarnation. */
    private static final int DEAD_AFTER_LOOKS = 2;

    private final Clock clock;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private Set<String> alive = Set.of();
    /** The time of the last look, as {@link System#nanoTime()}. */
    private long seenNanos;

    private final Map<String, Sighting> sightings = new HashMap<>();
    /** When any other node was last alive, in Unix seconds. */
    private long anyAliveAt;
    /**
     * Some nodes are cleaned up by others before this node takes them for dead. This is the earliest time at which one
     * of those was last alive, in Unix seconds; NEVER if there was no such node.
     */
    private long cleanedUpAliveAt = StreamContinuity.NEVER;

    /**
     * What was seen of one node.
     *
     * @param aliveAt when it was last alive, in Unix seconds; 0 if it never was
     * @param timesDead how often it has been found dead since then
     */
    private record Sighting(long aliveAt, int timesDead) {
        static final Sighting NONE = new Sighting(0, 0);

        /** Whether it was alive and has since been found dead, but not often enough to count as dead. */
        boolean isDying() {
            return aliveAt > 0 && timesDead > 0 && timesDead < DEAD_AFTER_LOOKS;
        }
    }

    public OtherNodes(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.seenNanos = nanoTime.getAsLong() - FRESH.toNanos();
        this.anyAliveAt = now();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** Records the nodes that are registered in Redis, without this one, and whether each is alive. */
    public synchronized void update(Map<String, Boolean> nodes) {
        Set<String> found = new HashSet<>();
        nodes.forEach((nodeId, isAlive) -> {
            if (isAlive) {
                found.add(nodeId);
                sightings.put(nodeId, new Sighting(now(), 0));
            }
        });
        if (!found.isEmpty()) {
            anyAliveAt = now();
        }
        sightings.forEach((nodeId, last) -> {
            // A node that leaves properly is never seen dead before it is gone.
            if (!nodes.containsKey(nodeId) && last.isDying()) {
                cleanedUpAliveAt = Math.min(cleanedUpAliveAt, last.aliveAt());
            }
        });
        sightings.keySet().retainAll(nodes.keySet());
        alive = Set.copyOf(found);
        seenNanos = nanoTime.getAsLong();
    }

    /** Returns the nodes that were alive. */
    public synchronized Set<String> alive() {
        return alive;
    }

    /** Whether the last look is recent enough for addressing messages. */
    public synchronized boolean isFresh() {
        return nanoTime.getAsLong() - seenNanos < FRESH.toNanos();
    }

    /** Returns for how many seconds no other node has been alive. */
    public synchronized long aloneSeconds() {
        return alive.isEmpty() ? now() - anyAliveAt : 0;
    }

    /**
     * Records that a node was found dead.
     *
     * @return whether it counts as dead now
     */
    public synchronized boolean countAsDead(String nodeId) {
        Sighting last = sightings.getOrDefault(nodeId, Sighting.NONE);
        Sighting now = new Sighting(last.aliveAt(), last.timesDead() + 1);
        sightings.put(nodeId, now);
        return now.timesDead() >= DEAD_AFTER_LOOKS;
    }

    /**
     * Returns the earliest time at which a node that others cleaned up first was last alive, in Unix seconds; NEVER if
     * there was no such node since the last call. Resets the time.
     */
    public synchronized long takeCleanedUp() {
        long aliveAt = cleanedUpAliveAt;
        cleanedUpAliveAt = StreamContinuity.NEVER;
        return aliveAt;
    }

    /**
     * If a node counts as dead since the last look, returns when it was last alive, in Unix seconds. Returns 0 if it
     * counted as dead before, does not yet count as dead, or was never seen alive.
     */
    public synchronized long diedAfter(String nodeId) {
        Sighting last = sightings.getOrDefault(nodeId, Sighting.NONE);
        return last.timesDead() == DEAD_AFTER_LOOKS ? last.aliveAt() : 0;
    }
}
