package io.simpleim.cluster;

import io.simpleim.cluster.membership.ClusterCoverage;
import io.simpleim.cluster.membership.ClusterState;
import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.cluster.outbox.Outbox;
import io.simpleim.feed.Coverage;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The sending side of this node in the cluster; built before the services that send. Thread-safe.
 *
 * <p>Delivery is not guaranteed: a message may be lost with Redis. Then the nodes that may have missed it
 * look in MongoDB for what was stored since their stream was last intact.
 */
public final class ClusterPublisher implements AutoCloseable {
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

    private final ClusterState state;
    private final Outbox outbox;
    private final Coverage coverage;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime()} */
    public ClusterPublisher(ClusterKeys keys, Clock clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        state = ClusterState.create(keys.nodes(), clock, nanoTime);
        coverage = new ClusterCoverage(state.continuity(), state.others(), clock);
        outbox = new Outbox(state.membership(), keys.users(), keys.streams(), clock, nanoTime);
    }

    /** Starts to publish on a thread of {@code executor} that is kept until this is closed. */
    public void start(Executor executor) {
        executor.execute(outbox::run);
    }

    ClusterState state() {
        return state;
    }

    /** Returns the queue of messages for other nodes. */
    public Outbox outbox() {
        return outbox;
    }

    /** Returns this node's view of the cluster. */
    public NodeMembership membership() {
        return state.membership();
    }

    /** Returns how far this node can be sure to have received what other nodes stored. */
    public Coverage coverage() {
        return coverage;
    }

    /** Whether this node receives every message of other nodes, and has found in the store what it missed. */
    public boolean isComplete() {
        return state.continuity().isComplete();
    }

    /** Publishes what is queued, for two seconds at most, and ends the publishing thread. Later calls have no effect. */
    @Override
    public void close() {
        if (outbox.isClosed()) {
            return;
        }
        try {
            outbox.flush(nanoTime.getAsLong() + FLUSH_TIMEOUT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outbox.close();
    }
}
