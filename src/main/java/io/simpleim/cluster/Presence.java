package io.simpleim.cluster;

import io.simpleim.cluster.membership.ClusterState;
import io.simpleim.cluster.membership.Incarnation;
import io.simpleim.cluster.membership.StreamContinuity;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.push.Hub;
import io.simpleim.store.Chunks;
import io.simpleim.store.redis.UserLocations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to Redis which users are connected to this node, so that other nodes send it the messages for them.
 * Thread-safe. Lock order: {@link #writing}, then this; Redis is written under {@link #writing} alone.
 *
 * <p>There is one writer at a time, and it writes the state of the hub at that moment, so the last write is always
 * correct. A user's location is written before the user's backlog is read from the store, so each message is either
 * found there or sent to this node. No client waits for a Redis that is out of reach; all locations are written when it
 * is back.
 */
public final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int USERS_PER_WRITE = 500;

    private final Hub hub;
    private final Incarnation incarnation;
    private final StreamContinuity continuity;
    private final CatchUpTrigger catchUps;
    private final UserLocations locations;
    private final Consumer<Collection<String>> onUsersMoved;
    private final Executor executor;
    /** Held while Redis is written. */
    private final Object writing = new Object();

    // Guarded by this.
    /** Users whose location is to be written, each with the actions to run afterwards. */
    private final Map<String, List<Runnable>> pending = new HashMap<>();
    /** Whether the executor has a task that will write them. */
    private boolean isScheduled;

    /**
     * @param onUsersMoved called with users whose location was written, on the thread that wrote it
     * @param executor writes; one thread is enough
     */
    Presence(
            Hub hub,
            ClusterState state,
            CatchUpTrigger catchUps,
            UserLocations locations,
            Consumer<Collection<String>> onUsersMoved,
            Executor executor) {
        this.hub = hub;
        this.incarnation = state.incarnation();
        this.continuity = state.continuity();
        this.catchUps = catchUps;
        this.locations = locations;
        this.onUsersMoved = onUsersMoved;
        this.executor = executor;
    }

    /**
     * Writes the location of a user who has connected or disconnected, according to the hub. Does not block.
     *
     * @param then run on the writing thread once the location is written or could not be written; not run if this node
     *     is stopping
     */
    public void update(String userId, Runnable then) {
        synchronized (this) {
            pending.computeIfAbsent(userId, id -> new ArrayList<>(1)).add(then);
            if (isScheduled) {
                return;
            }
            isScheduled = true;
        }
        try {
            executor.execute(this::writeScheduled);
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; other nodes will delete the locations of its users");
        }
    }

    private void writeScheduled() {
        synchronized (writing) {
            Map<String, List<Runnable>> taken = takePending();
            try {
                boolean isWritten = !incarnation.isUnreachable(continuity) && tryToWrite(taken.keySet());
                if (!isWritten) {
                    retryLater(taken.keySet());
                }
            } finally {
                runAll(taken);
            }
        }
    }

    private synchronized Map<String, List<Runnable>> takePending() {
        isScheduled = false;
        Map<String, List<Runnable>> taken = new HashMap<>(pending);
        pending.clear();
        return taken;
    }

    /** Keeps users for the next write: of all locations, or when another user connects or disconnects. */
    private synchronized void retryLater(Collection<String> userIds) {
        userIds.forEach(userId -> pending.computeIfAbsent(userId, id -> new ArrayList<>(1)));
    }

    private boolean tryToWrite(Collection<String> userIds) {
        try {
            write(userIds);
            return true;
        } catch (StoreUnavailableException e) {
            catchUps.reportLoss("Locations of users could not be written: " + e.getMessage());
            return false;
        }
    }

    /** Called with {@link #writing} held. */
    private void write(Collection<String> userIds) {
        List<String> connected = new ArrayList<>();
        List<String> disconnected = new ArrayList<>();
        for (String userId : userIds) {
            (hub.isAnyConnected(List.of(userId)) ? connected : disconnected).add(userId);
        }
        locations.note(incarnation.id(), connected, disconnected);
        onUsersMoved.accept(userIds);
    }

    private static void runAll(Map<String, List<Runnable>> taken) {
        taken.values().forEach(actions -> actions.forEach(Presence::run));
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("The action after a location was written has failed", e);
        }
    }

    /**
     * Writes the locations of all connected users and of those that are pending. Takes long if there are many users; a user
     * who connects meanwhile does not wait for all of them.
     *
     * @param keepAlive run after every {@value #USERS_PER_WRITE} users
     * @throws StoreUnavailableException if Redis is out of reach
     */
    void writeAll(Runnable keepAlive) {
        for (List<String> part : Chunks.of(List.copyOf(hub.userIds()), USERS_PER_WRITE)) {
            synchronized (writing) {
                write(part);
            }
            keepAlive.run();
        }
        writePending();
    }

    /**
     * Writes the locations that could not be written before.
     *
     * @throws StoreUnavailableException if Redis is out of reach
     */
    void writePending() {
        synchronized (writing) {
            Map<String, List<Runnable>> taken = takePending();
            try {
                if (!taken.isEmpty()) {
                    write(taken.keySet());
                }
            } catch (StoreUnavailableException e) {
                retryLater(taken.keySet());
                throw e;
            } finally {
                runAll(taken);
            }
        }
    }
}
