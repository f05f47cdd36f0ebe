package io.simpleim.cluster;

import io.simpleim.feed.Coverage;
import io.simpleim.push.Hub;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.UserLocations;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node among others: what it tells them, what it hears, and who is where. Thread-safe.
 *
 * <p>Nothing here is a promise. What is told may be lost with Redis; then whoever was not told looks in MongoDB, from the
 * last moment on at which all was well.
 */
public final class Cluster implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);

    private final NodeMembership membership;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Presence presence;
    private final DeadNodes deadNodes;
    private final LongSupplier nanoTime;
    /** Those who listen know this, so they come later. */
    private volatile @Nullable Listener listener;

    /** What a node does with what it hears. Called on threads of the cluster, and may ask the stores. */
    public interface Listener {
        /** @param isNext as {@link io.simpleim.feed.Delivery.Continuity#NEXT} */
        void pushed(ClusterMessage.Push push, boolean isNext);

        /** A session was ended on another node. */
        void sessionEnded(String sessionId);

        /** A client of a user has said for the first time what has reached it, on another node. */
        void acknowledges(String userId);

        /** Users have come or gone, here or on a node that is dead. */
        void moved(Collection<String> userIds);

        /** This node hears from now on of everything, or maybe not any more. */
        void hearing(boolean isHearing);

        /** What was stored from a time on, in Unix seconds, is to be looked for; {@code done} is called when it has been. */
        void lookBack(long since, Runnable done);
    }

    /**
     * Redis, as far as nodes are concerned.
     *
     * @param nodes who is alive
     * @param users who is where
     * @param streams what is told
     */
    public record Keys(NodeRegistry nodes, UserLocations users, NodeStreams streams) {}

    /**
     * @param info what operators may want to know of this node
     * @param noting notes who is where; one thread is enough
     * @param clearing clears up after nodes that are dead; likewise
     * @param nanoTime as {@link System#nanoTime()}
     */
    public Cluster(
            Hub hub, Keys keys, String info, Executor noting, Executor clearing, Clock clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        membership = new NodeMembership(keys.nodes(), keys.streams(), info, new Beats(), clock, nanoTime);
        outbox = new Outbox(membership, keys.users(), keys.streams(), clock, nanoTime);
        inbox = new Inbox(membership, keys.streams(), this::handle, clock);
        presence = new Presence(hub, membership, keys.users(), this::moved, noting);
        deadNodes = new DeadNodes(membership, keys.nodes(), keys.users(), keys.streams(), this::moved, clearing);
    }

    /**
     * Joins the others.
     *
     * @param threads reads and tells, on a thread each that is kept until this is closed
     * @param timer beats; nothing else may keep it busy
     */
    public void start(Listener heeding, Executor threads, ScheduledExecutorService timer) {
        listener = heeding;
        threads.execute(inbox::run);
        threads.execute(outbox::run);
        long millis = NodeMembership.BEAT.toMillis();
        Future<?> unused = timer.scheduleWithFixedDelay(this::beat, 0, millis, TimeUnit.MILLISECONDS);
    }

    private Listener listener() {
        return Objects.requireNonNull(listener, "not started");
    }

    private void moved(Collection<String> userIds) {
        listener().moved(userIds);
    }

    private void handle(ClusterMessage news, boolean isNext) {
        if (news instanceof ClusterMessage.Push push) {
            // The one before may have been told while this node did not hear everything.
            listener().pushed(push, isNext && membership.isSure());
        } else if (news instanceof ClusterMessage.SessionEnded ended) {
            listener().sessionEnded(ended.sessionId());
        } else if (news instanceof ClusterMessage.Acknowledges first) {
            listener().acknowledges(first.userId());
        } else if (news instanceof ClusterMessage.LookBack lookBack) {
            membership.lookBack(lookBack.since());
        }
    }

    private final class Beats implements NodeEvents {
        @Override
        public void lookBack(long since, Runnable done) {
            listener().lookBack(since, done);
        }

        @Override
        public void noteAll(Runnable keepAlive) {
            presence.noteAll(keepAlive);
        }

        @Override
        public void noteRest() {
            presence.noteRest();
        }

        @Override
        public void dead(String nodeId) {
            deadNodes.clearUp(nodeId);
        }

        @Override
        public void hearing(boolean isHearing) {
            listener().hearing(isHearing);
        }
    }

    /** An executor would drop a task that throws. */
    private void beat() {
        try {
            membership.beat();
            outbox.wake();
        } catch (RuntimeException | Error e) {
            log.error("A beat failed", e);
        }
    }

    /** What other nodes are told. */
    public Outbox outbox() {
        return outbox;
    }

    /** How many news of other nodes this one has heard so far. */
    public long newsHeard() {
        return inbox.heard();
    }

    /** How many entries were dropped from this node's stream so far before it has read them. */
    public long newsMissed() {
        return inbox.missed();
    }

    /** Who is connected here, as far as others know. */
    public Presence presence() {
        return presence;
    }

    /** Who else there is. */
    public NodeMembership membership() {
        return membership;
    }

    /** What this node can be sure to have heard. */
    public Coverage coverage() {
        return membership;
    }

    /** Tells what is to be told, and leaves the others; after the connections of this node are closed. */
    @Override
    public void close() {
        try {
            outbox.flush(nanoTime.getAsLong() + TOLD_WITHIN.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outbox.close();
        inbox.close();
        membership.leave();
        // Whoever finds a node dead looks for what it has told nobody.
        if (outbox.hasToldAll()) {
            deadNodes.clearUpNow(membership.id());
        }
    }
}
