package io.simpleim.session;

import io.simpleim.audit.AuditLog;
import io.simpleim.auth.Tokens;
import io.simpleim.model.Session;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import java.time.Clock;
import java.util.Optional;

/**
 * Opens sessions for tokens of an earlier system, which name no session. The session is opened when the token is first
 * used, and is like any other from then on. After its end, a tombstone keeps the token from opening it again ({@link
 * SessionDao}). Thread-safe.
 */
public final class LegacySessions {
    private final SessionDao sessions;
    private final UserDao users;
    private final BanCheck bans;
    private final SessionTerminator terminator;
    private final AuditLog audit;
    private final Clock clock;

    public LegacySessions(
            SessionDao sessions,
            UserDao users,
            BanCheck bans,
            SessionTerminator terminator,
            AuditLog audit,
            Clock clock) {
        this.sessions = sessions;
        this.users = users;
        this.bans = bans;
        this.terminator = terminator;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Opens the session of a legacy token that has none in the store.
     *
     * @return the open session; empty if the token is not a legacy token, has expired, or its session has ended
     * @throws io.simpleim.api.RequestRejected ({@code user_banned})
     */
    Optional<Session> open(Tokens.Claims claims) {
        long now = clock.instant().getEpochSecond();
        Session session = new Session(claims.sessionId(), claims.userId(), now, claims.expiresAt());
        if (!claims.isLegacy() || session.isExpiredAt(now)) {
            return Optional.empty();
        }
        bans.requireNotBannedNow(session.userId());
        // The user first: a stored session implies that its user is registered.
        users.loggedIn(session.userId(), now);
        if (sessions.insertLegacy(session)) {
            audit.login(session.userId(), session.id());
            return Optional.of(session);
        }
        // Another request opened it at the same moment, or it has ended: the status that was just written may be wrong.
        terminator.updateStatus(session.userId());
        return sessions.find(session.id());
    }
}
