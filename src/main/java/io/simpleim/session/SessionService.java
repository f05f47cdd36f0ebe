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

/** Lists and ends a user's sessions, for the partner and for the user, who has access to own sessions only. Thread-safe. */
public final class SessionService {
    /** Bounds lists: a user may have any number of sessions, since some partners request a token for each page. */
    static final int MAX_LISTED = 100;

    private static final int SESSIONS_PER_READ = 1000;

    private final SessionTerminator terminator;
    private final SessionDao sessions;
    private final UserDao users;
    private final Clock clock;

    public SessionService(SessionTerminator terminator, SessionDao sessions, UserDao users, Clock clock) {
        this.terminator = terminator;
        this.sessions = sessions;
        this.users = users;
        this.clock = clock;
    }

    /**
     * The newest sessions of a user that are alive, newest first, {@value #MAX_LISTED} at most.
     *
     * @throws RequestRejected ({@code user_not_found})
     */
    public List<Session> list(String userId) {
        requireKnown(userId);
        return newest(userId);
    }

    /** As {@link #list}, for a logged-in user. */
    public List<Session> listOwn(Session caller) {
        return newest(caller.userId());
    }

    /**
     * Ends one session of a user, or all that were opened before this call.
     *
     * @param sessionId empty to end all sessions
     * @return the number of ended sessions; 0 if the user has no such session
     * @throws RequestRejected ({@code user_not_found})
     */
    public int end(String userId, Optional<String> sessionId) {
        requireKnown(userId);
        return sessionId.isPresent()
                ? end(userId, find(userId, sessionId.get()), SessionEnd.BY_PARTNER)
                : endAll(userId, "", SessionEnd.BY_PARTNER);
    }

    /**
     * Ends one of the caller's sessions, or all except the one that the caller uses.
     *
     * @param sessionId empty to end all other sessions
     * @return the number of ended sessions; 0 if the caller has no such session
     */
    public int endOwn(Session caller, Optional<String> sessionId) {
        String userId = caller.userId();
        if (sessionId.isPresent()) {
            return end(userId, find(userId, sessionId.get()), SessionEnd.BY_USER);
        }
        return endAll(userId, caller.id(), SessionEnd.BY_USER);
    }

    private int endAll(String userId, String exceptId, SessionEnd reason) {
        long start = now();
        int count = 0;
        List<Session> chunk;
        do {
            chunk = sessions.aliveOf(userId, now(), SESSIONS_PER_READ).stream()
                    .filter(session -> !session.id().equals(exceptId) && session.createdAt() <= start)
                    .toList();
            count += end(userId, chunk, reason);
        } while (!chunk.isEmpty());
        return count;
    }

    private int end(String userId, List<Session> ended, SessionEnd reason) {
        terminator.end(userId, ended, reason);
        return ended.size();
    }

    /** The session with an id, or none if it is another user's or not alive. */
    private List<Session> find(String userId, String sessionId) {
        return sessions
                .find(sessionId)
                .filter(session -> session.userId().equals(userId) && !session.isExpiredAt(now()))
                .stream()
                .toList();
    }

    private List<Session> newest(String userId) {
        return sessions.aliveOf(userId, now(), MAX_LISTED);
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
