package io.simpleim.session;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.SessionEnd;
import io.simpleim.model.Session;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A user's sessions, a device each as a rule: for the partner, and for the user, who never sees or ends another's.
 * Thread-safe.
 */
public final class SessionService {
    /** A partner that asks for a token for each page that it shows opens any number; a list shows the newest. */
    static final int MOST_LISTED = 100;

    private static final int AT_ONCE = 1000;

    private final LoginService logins;
    private final SessionDao sessions;
    private final UserDao users;
    private final Clock clock;

    public SessionService(LoginService logins, SessionDao sessions, UserDao users, Clock clock) {
        this.logins = logins;
        this.sessions = sessions;
        this.users = users;
        this.clock = clock;
    }

    /**
     * The newest sessions of a user that are alive, newest first.
     *
     * @throws RequestRejected ({@code user_not_found})
     */
    public List<Session> list(String userId) {
        requireKnown(userId);
        return newest(userId);
    }

    /** As {@link #list}, for one who is logged in. */
    public List<Session> listOwn(Session caller) {
        return newest(caller.userId());
    }

    /**
     * Ends the one of a user's sessions that is named, or all that were opened before; says how many there were.
     *
     * @throws RequestRejected ({@code user_not_found})
     */
    public int end(String userId, Optional<String> sessionId) {
        requireKnown(userId);
        return sessionId.isPresent()
                ? end(userId, named(userId, sessionId.get()), SessionEnd.BY_PARTNER)
                : endAll(userId, "", SessionEnd.BY_PARTNER);
    }

    /** Ends the one of the caller's sessions that is named, or all but the caller's own; says how many there were. */
    public int endOwn(Session caller, Optional<String> sessionId) {
        String userId = caller.userId();
        if (sessionId.isPresent()) {
            return end(userId, named(userId, sessionId.get()), SessionEnd.BY_USER);
        }
        return endAll(userId, caller.id(), SessionEnd.BY_USER);
    }

    /** All that were opened before, some at a time: a user may have any number. */
    private int endAll(String userId, String butId, SessionEnd why) {
        long start = now();
        int ended = 0;
        List<Session> some;
        do {
            some = sessions.aliveOf(userId, now(), AT_ONCE).stream()
                    .filter(session -> !session.id().equals(butId) && session.createdAt() <= start)
                    .toList();
            ended += end(userId, some, why);
        } while (!some.isEmpty());
        return ended;
    }

    private int end(String userId, List<Session> ended, SessionEnd why) {
        logins.end(userId, ended, why);
        return ended.size();
    }

    /** One, if it is the user's and alive; else none. */
    private List<Session> named(String userId, String sessionId) {
        return sessions
                .find(sessionId)
                .filter(session -> session.userId().equals(userId) && !session.isExpiredAt(now()))
                .stream()
                .toList();
    }

    private List<Session> newest(String userId) {
        return sessions.aliveOf(userId, now(), MOST_LISTED);
    }

    private void requireKnown(String userId) {
        if (users.find(userId).isEmpty()) {
            throw RequestRejected.because(ApiError.USER_NOT_FOUND);
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
