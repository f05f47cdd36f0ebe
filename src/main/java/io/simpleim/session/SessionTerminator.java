package io.simpleim.session;

import io.simpleim.audit.AuditLog;
import io.simpleim.audit.SessionEnd;
import io.simpleim.model.Session;
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
 * How sessions end, by themselves or because somebody says so. Thread-safe.
 *
 * <p>A session expires first, and is forgotten last: whatever fails in between is done again with the expired sessions.
 */
final class SessionTerminator {
    private static final int AT_ONCE = 1000;

    private final SessionDao sessions;
    private final UserDao users;
    private final Consumer<String> announce;
    private final AuditLog audit;
    private final Clock clock;

    /** Sessions that are being ended before their time: they are not recorded as expired meanwhile. */
    private final Set<String> ending = ConcurrentHashMap.newKeySet();

    /** @param announce told of each session that has been ended, by its id, once it is refused on every node */
    SessionTerminator(SessionDao sessions, UserDao users, Consumer<String> announce, AuditLog audit, Clock clock) {
        this.sessions = sessions;
        this.users = users;
        this.announce = announce;
        this.audit = audit;
        this.clock = clock;
    }

    /** Ends sessions of one user, however many. */
    void end(String userId, List<Session> ended, SessionEnd why) {
        for (int from = 0; from < ended.size(); from += AT_ONCE) {
            endSome(userId, ended.subList(from, Math.min(from + AT_ONCE, ended.size())), why);
        }
    }

    private void endSome(String userId, List<Session> some, SessionEnd why) {
        List<String> ids = some.stream().map(Session::id).toList();
        ending.addAll(ids);
        try {
            sessions.expireAt(ids, now());
            ids.forEach(id -> audit.sessionEnded(userId, id, why));
            ids.forEach(announce);
            forget(userId, some);
        } finally {
            ids.forEach(ending::remove);
        }
    }

    /** Forgets sessions whose time has come, of all users. Nodes may do it at the same time. */
    void endExpired() {
        sessions.expiredAt(now(), AT_ONCE).stream()
                .collect(Collectors.groupingBy(Session::userId))
                .forEach(this::expire);
    }

    /** Nodes may do it at the same time: then each of them records it. */
    private void expire(String userId, List<Session> expired) {
        List<Session> mine = expired.stream()
                .filter(session -> !ending.contains(session.id()))
                .toList();
        forget(userId, mine);
        mine.forEach(session -> audit.sessionEnded(userId, session.id(), SessionEnd.EXPIRED));
    }

    /** Forgets sessions of one user that have expired, after the user's status tells of it. */
    private void forget(String userId, List<Session> expired) {
        settle(userId);
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

    /** Writes whether a user has a session that is alive. */
    void settle(String userId) {
        boolean alive = sessions.hasAlive(userId, now());
        // Whoever writes the status looks again afterwards, so what is written last is true.
        boolean written = true;
        while (alive != written) {
            written = alive;
            if (alive) {
                users.stillLoggedIn(userId);
            } else {
                users.loggedOut(userId, now());
            }
            alive = sessions.hasAlive(userId, now());
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
