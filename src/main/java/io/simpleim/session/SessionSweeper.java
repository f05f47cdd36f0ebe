package io.simpleim.session;

import io.simpleim.event.CloseCode;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.push.Hub;
import io.simpleim.store.Chunks;
import io.simpleim.store.mongo.SessionDao;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections of this node whose sessions have ended or expired. Thread-safe.
 *
 * <p>A cluster message about the end of a session only closes its connections sooner: a node that misses the message finds
 * the session in the store with {@link #closeEnded}.
 */
public final class SessionSweeper {
    private static final Logger log = LoggerFactory.getLogger(SessionSweeper.class);
    private static final int SESSIONS_PER_LOOKUP = 1000;

    private final SessionDao sessions;
    private final SessionCache cache;
    private final Hub hub;
    private final Clock clock;

    public SessionSweeper(SessionDao sessions, SessionCache cache, Hub hub, Clock clock) {
        this.sessions = sessions;
        this.cache = cache;
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * From now on {@link #sessionEnded} is called for every session that ends on another node. Sessions that ended before
     * are found by {@link #closeEnded}.
     */
    public void startHearing() {
        cache.startHearing();
    }

    /** From now on sessions may end on other nodes without {@link #sessionEnded} being called. */
    public void stopHearing() {
        cache.stopHearing();
    }

    /** Forgets a session that has ended in the store, and closes its connections here. */
    public void sessionEnded(String sessionId) {
        cache.forget(sessionId);
        hub.disconnectSession(sessionId, CloseCode.LOGGED_OUT);
    }

    /**
     * Closes the connections here whose sessions have ended without this node having heard of it.
     *
     * @throws StoreUnavailableException if the store is out of reach
     */
    public void closeEnded() {
        Chunks.of(List.copyOf(hub.sessionIds()), SESSIONS_PER_LOOKUP).forEach(this::closeEnded);
    }

    /** Closes the connections of one session here if it has ended. Does nothing while the store is out of reach. */
    public void closeIfEnded(String sessionId) {
        try {
            closeEnded(List.of(sessionId));
        } catch (StoreUnavailableException e) {
            log.debug("Could not look up a session; the next sweep will: {}", e.getMessage());
        }
    }

    private void closeEnded(List<String> sessionIds) {
        long now = now();
        Set<String> alive = sessions.aliveAmong(sessionIds, now);
        if (alive.size() < sessionIds.size()) {
            // Expired sessions first: they close with a code of their own, and the first code counts.
            hub.disconnectExpired(now);
            sessionIds.stream()
                    .filter(sessionId -> !alive.contains(sessionId))
                    .forEach(sessionId -> hub.disconnectSession(sessionId, CloseCode.LOGGED_OUT));
        }
    }

    /** Closes the connections here whose sessions have expired. */
    public void closeExpired() {
        hub.disconnectExpired(now());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
