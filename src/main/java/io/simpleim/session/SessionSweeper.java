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
 * <p>A cluster message about the end of a session only closes its connections sooner: a node that misses the message detects
 * the end from the store in {@link #closeEnded}.
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
     * Notes that from now on {@link #sessionEnded} is called for every session that ends on another node. Sessions that
     * ended before are found by {@link #closeEnded}.
     */
    public void startHearing() {
        cache.enable();
    }

    /** Notes that from now on sessions may end on other nodes without a call of {@link #sessionEnded}. */
    public void stopHearing() {
        cache.disable();
    }

    /** Forgets a session that has ended in the store, and closes its connections on this node. */
    public void sessionEnded(String sessionId) {
        cache.forget(sessionId);
        hub.disconnectSession(sessionId, CloseCode.LOGGED_OUT);
    }

    /**
     * Closes the connections on this node whose sessions have ended or expired, according to the store.
     *
     * @throws StoreUnavailableException if the store is out of reach
     */
    public void closeEnded() {
        Chunks.of(List.copyOf(hub.sessionIds()), SESSIONS_PER_LOOKUP).forEach(this::closeEnded);
    }

    /** Closes the connections of one session on this node if it has ended. Does nothing while the store is out of reach. */
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
            // Expired sessions first: they have their own close code, and the first code given to a connection is used.
            hub.disconnectExpired(now);
            sessionIds.stream()
                    .filter(sessionId -> !alive.contains(sessionId))
                    .forEach(sessionId -> hub.disconnectSession(sessionId, CloseCode.LOGGED_OUT));
        }
    }

    /** Closes the connections on this node whose sessions have expired. Does not query the store. */
    public void closeExpired() {
        hub.disconnectExpired(now());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
