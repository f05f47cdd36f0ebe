package io.simpleim.session;

import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.audit.SessionEnd;
import io.simpleim.auth.Tokens;
import io.simpleim.model.Session;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Logs users in and out. Thread-safe. */
public final class LoginService {
    private final Tokens tokens;
    private final SessionDao sessions;
    private final UserDao users;
    private final BanCheck bans;
    private final SessionTerminator terminator;
    private final long lifetimeSeconds;
    private final AuditLog audit;
    private final Clock clock;

    /** @param lifetimeSeconds {@code [login] loginExpire} in seconds, 0 if sessions never expire */
    public LoginService(
            Tokens tokens,
            SessionDao sessions,
            UserDao users,
            BanCheck bans,
            SessionTerminator terminator,
            long lifetimeSeconds,
            AuditLog audit,
            Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.users = users;
        this.bans = bans;
        this.terminator = terminator;
        this.lifetimeSeconds = lifetimeSeconds;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Opens a new session of a user, and registers a new user.
     *
     * @return the token of the session
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     * @throws RequestRejected ({@code user_banned})
     */
    public String login(String userId) {
        bans.requireNotBannedNow(userId);
        long now = clock.instant().getEpochSecond();
        long expiresAt = lifetimeSeconds == 0 ? 0 : now + lifetimeSeconds;
        Session session = new Session(UUID.randomUUID().toString(), userId, now, expiresAt);
        sessions.insert(session);
        users.loggedIn(userId, now);
        audit.login(userId, session.id());
        return tokens.issue(session);
    }

    /** Ends a session: every node refuses its token from now on, and closes its connections. */
    public void logout(Session session) {
        terminator.end(session.userId(), List.of(session), SessionEnd.LOGGED_OUT);
    }
}
