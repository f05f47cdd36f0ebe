package io.simpleim.cluster;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.push.Hub;
import io.simpleim.store.redis.UserLocations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in Redis which users are connected to this node, so that others tell it what concerns them. Thread-safe.
 *
 * <p>What is noted is what the hub says at that moment, by one writer at a time: so whatever comes and goes meanwhile, the
 * last note is true. Who connects is noted before what was missed is read from the store; so a message is either found
 * there, or told to this node. While Redis is away nobody waits for it, and all are noted when it is back.
 */
public final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int NOTED_AT_ONCE = 500;

    private final Hub hub;
    private final NodeMembership membership;
    private final UserLocations whereabouts;
    private final Listener listener;
    private final Executor executor;
    /** Held while Redis is written to; taken before this. */
    private final Object writing = new Object();

    // Guarded by this.
    private final Map<String, List<Runnable>> changed = new HashMap<>();
    private boolean scheduled;

    /** Told of users who have come or gone; called on the thread that has noted it. */
    public interface Listener {
        void moved(Collection<String> userIds);
    }

    /** @param executor notes; one thread is enough */
    public Presence(
            Hub hub, NodeMembership membership, UserLocations whereabouts, Listener listener, Executor executor) {
        this.hub = hub;
        this.membership = membership;
        this.whereabouts = whereabouts;
        this.listener = listener;
        this.executor = executor;
    }

    /**
     * A user has come or gone, as the hub knows.
     *
     * @param then called once it is noted, or cannot be noted now
     */
    public void changed(String userId, Runnable then) {
        synchronized (this) {
            changed.computeIfAbsent(userId, id -> new ArrayList<>(1)).add(then);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        try {
            executor.execute(this::noteChanged);
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; others will take its users back");
        }
    }

    private void noteChanged() {
        synchronized (writing) {
            Map<String, List<Runnable>> taken = take();
            try {
                boolean isNoted = !membership.isUnsure() && note(taken.keySet());
                if (!isNoted) {
                    putBack(taken.keySet());
                }
            } finally {
                taken.values().forEach(all -> all.forEach(Presence::run));
            }
        }
    }

    private synchronized Map<String, List<Runnable>> take() {
        scheduled = false;
        Map<String, List<Runnable>> taken = new HashMap<>(changed);
        changed.clear();
        return taken;
    }

    /** They are noted with all others, or when one of them moves again. */
    private synchronized void putBack(Collection<String> userIds) {
        userIds.forEach(userId -> changed.computeIfAbsent(userId, id -> new ArrayList<>(1)));
    }

    private boolean note(Collection<String> userIds) {
        try {
            noteNow(userIds);
            listener.moved(userIds);
            return true;
        } catch (StoreUnavailableException e) {
            membership.unsure("Where users are could not be noted: " + e.getMessage());
            return false;
        }
    }

    private void noteNow(Collection<String> userIds) {
        List<String> come = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (String userId : userIds) {
            (hub.isAnyConnected(List.of(userId)) ? come : gone).add(userId);
        }
        whereabouts.note(membership.id(), come, gone);
    }

    private static void run(Runnable then) {
        try {
            then.run();
        } catch (RuntimeException e) {
            log.error("What follows from a connection failed", e);
        }
    }

    /**
     * Notes all who are connected, and that those who have gone since they could not be noted are gone. Takes long if they
     * are many; who comes meanwhile does not wait for all of them.
     *
     * @param keepAlive called between some hundred users and the next
     * @throws StoreUnavailableException if Redis is out of reach
     */
    void noteAll(Runnable keepAlive) {
        List<String> all = List.copyOf(hub.userIds());
        for (int from = 0; from < all.size(); from += NOTED_AT_ONCE) {
            noteSome(all.subList(from, Math.min(from + NOTED_AT_ONCE, all.size())));
            keepAlive.run();
        }
        noteRest();
    }

    private void noteSome(Collection<String> userIds) {
        synchronized (writing) {
            noteNow(userIds);
            listener.moved(userIds);
        }
    }

    /**
     * Notes those who have come or gone and could not be noted then.
     *
     * @throws StoreUnavailableException if Redis is out of reach
     */
    void noteRest() {
        synchronized (writing) {
            Map<String, List<Runnable>> taken = take();
            try {
                if (!taken.isEmpty()) {
                    noteSome(taken.keySet());
                }
            } catch (StoreUnavailableException e) {
                putBack(taken.keySet());
                throw e;
            } finally {
                taken.values().forEach(all -> all.forEach(Presence::run));
            }
        }
    }
}
