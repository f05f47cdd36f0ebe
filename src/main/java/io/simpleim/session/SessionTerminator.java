package io.simpleim.session;

import io.simpleim.audit.AuditLog;
import io.simpleim.audit.SessionEnd;
import io.simpleim.model.Session;
import io.simpleim.store.Chunks;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ends sessions in the store, on request or once they have expired. Thread-safe.
 *
 * <p>A session is first marked as expired and deleted last. If a step in between fails, {@link #endExpired} completes it.
 */
public final class SessionTerminator {
    private static final int SESSIONS_PER_WRITE = 1000;

    private final SessionDao sessions;
    private final UserDao users;
    private final Consumer<String> onEnd;
    private final AuditLog audit;
    private final Clock clock;

    /** Ids of sessions that are being ended on request, so that {@link #endExpired} does not record them as expired. */
    private final Set<String> ending = ConcurrentHashMap.newKeySet();

    /** @param onEnd receives the id of each session that was ended on request, once every node refuses it */
    public SessionTerminator(SessionDao sessions, UserDao users, Consumer<String> onEnd, AuditLog audit, Clock clock) {
        this.sessions = sessions;
        this.users = users;
        this.onEnd = onEnd;
        this.audit = audit;
        this.clock = clock;
    }

    /** Ends any number of sessions of one user: every node refuses their tokens and closes their connections. */
    void end(String userId, List<Session> ended, SessionEnd reason) {
        Chunks.of(ended, SESSIONS_PER_WRITE).forEach(chunk -> endChunk(userId, chunk, reason));
    }

    private void endChunk(String userId, List<Session> ended, SessionEnd reason) {
        List<String> ids = ended.stream().map(Session::id).toList();
        ending.addAll(ids);
        try {
            sessions.expireAt(ids, now());
            ids.forEach(id -> audit.sessionEnded(userId, id, reason));
            ids.forEach(onEnd);
            delete(userId, ended);
        } finally {
            ids.forEach(ending::remove);
        }
    }

    /**
     * Deletes expired sessions of all users, up to {@value #SESSIONS_PER_WRITE} per call. Nodes may do so at the same time.
     */
    public void endExpired() {
        sessions.expiredAt(now(), SESSIONS_PER_WRITE).stream()
                .collect(Collectors.groupingBy(Session::userId))
                .forEach(this::endExpired);
    }

    /** Nodes that do this at the same time each write an audit record. */
    private void endExpired(String userId, List<Session> expired) {
        List<Session> unclaimed = expired.stream()
                .filter(session -> !ending.contains(session.id()))
                .toList();
        delete(userId, unclaimed);
        unclaimed.forEach(session -> audit.sessionEnded(userId, session.id(), SessionEnd.EXPIRED));
    }

    /**
     * Deletes expired sessions of one user. The user's status is updated first, since nothing repeats the update once
     * they are deleted.
     */
    private void delete(String userId, List<Session> expired) {
        updateStatus(userId);
        List<String> legacy = new ArrayList<>();
        List<String> others = new ArrayList<>();
        expired.forEach(session -> (session.isLegacy() ? legacy : others).add(session.id()));
        if (!legacy.isEmpty()) {
            sessions.bury(legacy);
        }
        if (!others.isEmpty()) {
            sessions.delete(others);
        }
    }

    /** Deletes the tombstones of legacy sessions whose tokens have expired. */
    public void deleteTombstones() {
        sessions.deleteBuried(now());
    }

    /**
     * Writes whether a user has a session that is alive. Every writer checks the sessions again after writing, so the last
     * status written is the current one.
     */
    void updateStatus(String userId) {
        boolean isAlive = sessions.hasAlive(userId, now());
        boolean writtenAlive = true;
        while (isAlive != writtenAlive) {
            writtenAlive = isAlive;
            if (isAlive) {
                users.stillLoggedIn(userId);
            } else {
                users.loggedOut(userId, now());
            }
            isAlive = sessions.hasAlive(userId, now());
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
