package io.simpleim.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The other nodes as they were seen when they were looked at last: who is alive, and who is dead by now. Thread-safe. */
final class OtherNodes {
    /** Who has seen the others longer ago looks again before it says who they are. */
    private static final Duration LATELY = Duration.ofSeconds(3);

    /** A node that finds itself dead begins anew within one look. */
    private static final int DEAD_AFTER_LOOKS = 2;

    private final Clock clock;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private Set<String> alive = Set.of();
    private long seenNanos;
    private final Map<String, Seen> seen = new HashMap<>();
    /** When another node was alive last, in Unix seconds. */
    private long anyAliveAt;
    /** When the first of those was alive that others have cleared up after before they were dead for this node. */
    private long clearedUpAliveAt = StreamContinuity.NEVER;

    /**
     * Of one node, what was seen of it.
     *
     * @param aliveAt when it was alive last, in Unix seconds; 0 if it never was
     * @param timesDead how often it has been found dead since
     */
    private record Seen(long aliveAt, int timesDead) {
        /** Whether it was alive, and has been found dead since, but not often enough. */
        boolean isDying() {
            return aliveAt > 0 && timesDead > 0 && timesDead < DEAD_AFTER_LOOKS;
        }
    }

    OtherNodes(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.seenNanos = nanoTime.getAsLong() - LATELY.toNanos();
        this.anyAliveAt = now();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** Takes note of who is alive, and who is named and dead; without this node. */
    synchronized void see(Map<String, Boolean> nodes) {
        Set<String> found = new HashSet<>();
        nodes.forEach((nodeId, isAlive) -> {
            if (isAlive) {
                found.add(nodeId);
                seen.put(nodeId, new Seen(now(), 0));
            }
        });
        if (!found.isEmpty()) {
            anyAliveAt = now();
        }
        seen.forEach((nodeId, last) -> {
            // One that leaves in order is not seen dead before.
            if (!nodes.containsKey(nodeId) && last.isDying()) {
                clearedUpAliveAt = Math.min(clearedUpAliveAt, last.aliveAt());
            }
        });
        seen.keySet().retainAll(nodes.keySet());
        alive = Set.copyOf(found);
        seenNanos = nanoTime.getAsLong();
    }

    /** Those who were alive. */
    synchronized Set<String> alive() {
        return alive;
    }

    /** Whether they were looked at a moment ago. */
    synchronized boolean isSeenLately() {
        return nanoTime.getAsLong() - seenNanos < LATELY.toNanos();
    }

    /** For how many seconds no other node has been alive. */
    synchronized long aloneSeconds() {
        return alive.isEmpty() ? now() - anyAliveAt : 0;
    }

    /**
     * Takes note that a node was found dead.
     *
     * @return whether it has been often enough by now
     */
    synchronized boolean isDead(String nodeId) {
        Seen last = seen.getOrDefault(nodeId, new Seen(0, 0));
        Seen now = new Seen(last.aliveAt(), last.timesDead() + 1);
        seen.put(nodeId, now);
        return now.timesDead() >= DEAD_AFTER_LOOKS;
    }

    /**
     * When a node was alive last, in Unix seconds, that was dying and that others have cleared up after meanwhile; NEVER if
     * there is none. Said once.
     */
    synchronized long takeClearedUp() {
        long aliveAt = clearedUpAliveAt;
        clearedUpAliveAt = StreamContinuity.NEVER;
        return aliveAt;
    }

    /** When a node that has turned out to be dead just now was alive last, in Unix seconds; 0 for all others. */
    synchronized long diedAfter(String nodeId) {
        Seen last = seen.getOrDefault(nodeId, new Seen(0, 0));
        return last.timesDead() == DEAD_AFTER_LOOKS ? last.aliveAt() : 0;
    }
}
