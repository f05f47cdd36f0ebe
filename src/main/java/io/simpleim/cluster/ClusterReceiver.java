package io.simpleim.cluster;

import io.simpleim.cluster.membership.ClusterState;
import io.simpleim.cluster.membership.Incarnation;
import io.simpleim.cluster.message.ClusterMessageHandler;
import io.simpleim.push.Hub;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving side of this node in the cluster: makes the node and its users known, receives messages, and cleans up after
 * dead nodes. Built after the services that act on messages. Thread-safe.
 */
public final class ClusterReceiver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClusterReceiver.class);

    private final ClusterPublisher publisher;
    private final Incarnation incarnation;
    private final CatchUpTrigger catchUps;
    private final Inbox inbox;
    private final Presence presence;
    private final DeadNodeCleaner cleaner;
    private final Heartbeat heartbeat;

    /**
     * The executors of a receiver.
     *
     * @param locations writes where users are connected; one thread is enough
     * @param cleaning cleans up after dead nodes; one thread is enough
     */
    public record Workers(Executor locations, Executor cleaning) {}

    /**
     * @param publisher the sending side of the same node
     * @param info a text about this node, for operators who look into Redis
     * @param handler acts on messages of other nodes
     * @param listener acts on changes in the cluster
     */
    public ClusterReceiver(
            ClusterPublisher publisher,
            ClusterKeys keys,
            Hub hub,
            String info,
            ClusterMessageHandler handler,
            ClusterListener listener,
            Workers workers,
            Clock clock) {
        this.publisher = publisher;
        ClusterState state = publisher.state();
        incarnation = state.incarnation();
        catchUps = new CatchUpTrigger(state.continuity(), listener);
        inbox = new Inbox(incarnation, keys.streams(), catchUps, message -> message.deliver(handler, catchUps), clock);
        presence = new Presence(hub, state, catchUps, keys.users(), listener::usersMoved, workers.locations());
        cleaner = new DeadNodeCleaner(state.membership(), keys, listener::usersMoved, workers.cleaning());
        heartbeat = new Heartbeat(state, catchUps, keys, new BeatActions(), info, clock);
    }

    private final class BeatActions implements Heartbeat.Actions {
        @Override
        public void writeLocations(Runnable keepAlive) {
            presence.writeAll(keepAlive);
        }

        @Override
        public void writePendingLocations() {
            presence.writePending();
        }

        @Override
        public void cleanUp(String deadNodeId) {
            cleaner.cleanUp(deadNodeId);
        }
    }

    /**
     * Joins the cluster.
     *
     * @param reading reads the stream on a thread that is kept until this is closed
     * @param timer beats; nothing else may keep it busy
     */
    public void start(Executor reading, ScheduledExecutorService timer) {
        reading.execute(inbox::run);
        long millis = Heartbeat.INTERVAL.toMillis();
        Future<?> unused = timer.scheduleWithFixedDelay(this::beat, 0, millis, TimeUnit.MILLISECONDS);
    }

    /** An executor would drop a task that throws. */
    private void beat() {
        try {
            heartbeat.beat();
            publisher.outbox().wake();
        } catch (RuntimeException | Error e) {
            log.error("A heartbeat failed", e);
        }
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    CatchUpTrigger catchUps() {
        return catchUps;
    }

    /** Returns the part that makes the users of this node known to other nodes. */
    public Presence presence() {
        return presence;
    }

    /** Returns the number of messages that were received from other nodes. */
    public long received() {
        return inbox.received();
    }

    /** Returns the number of entries that were dropped from this node's stream before they were read. */
    public long missed() {
        return inbox.missed();
    }

    /**
     * Leaves the cluster. To be called after the connections of this node are closed and the timer has stopped. Closes
     * the publisher first: a node that leaves without having published everything counts as dead, so that others look
     * in the store for the rest.
     */
    @Override
    public void close() {
        publisher.close();
        inbox.close();
        incarnation.leave();
        if (publisher.outbox().hasPublishedAll()) {
            cleaner.cleanUpNow(incarnation.id());
        }
    }
}
