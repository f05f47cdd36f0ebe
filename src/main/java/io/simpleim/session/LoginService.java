package io.simpleim.session;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.audit.SessionEnd;
import io.simpleim.auth.Tokens;
import io.simpleim.event.CloseCode;
import io.simpleim.model.Session;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.model.User;
import io.simpleim.push.Hub;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging in and out. Thread-safe.
 *
 * <p>A session is alive while its document is in the store and has not expired, which every request asks: so a session that was ended is
 * refused on every node from the next request on, whatever has become of Redis. Sends alone, which come far more often
 * than all others, ask {@link SessionCache}: they hear of the end from the other node, and else within a second.
 * Hearing only closes connections sooner; who could not hear looks for itself ({@link #dropEnded}).
 *
 * <p>The token of an earlier system names no session: its own is opened when it is first seen, and from then on is one
 * like others. Once that has ended it is not opened again ({@link SessionDao}).
 */
public final class LoginService {
    private static final Logger log = LoggerFactory.getLogger(LoginService.class);
    private static final int LOOKED_UP_AT_ONCE = 1000;

    /** Partners ban in the store, which tells nobody; a user who is logged in is refused after this time at the latest. */
    private static final Duration BAN_SEEN_WITHIN = Duration.ofSeconds(5);

    private final Tokens tokens;
    private final SessionDao sessions;
    private final UserDao users;
    private final Consumer<String> tellOthers;
    private final Hub hub;
    private final long lifetimeSeconds;
    private final AuditLog audit;
    private final Clock clock;
    private final LoadingCache<String, Boolean> bans;
    private final SessionCache remembered;
    private final SessionTerminator ends;

    /**
     * @param tellOthers tells other nodes of a session that was ended; does not wait, and may fail to
     * @param lifetimeSeconds {@code [login] loginExpire}, 0 = for ever
     */
    public LoginService(
            Tokens tokens,
            SessionDao sessions,
            UserDao users,
            Consumer<String> tellOthers,
            Hub hub,
            long lifetimeSeconds,
            AuditLog audit,
            Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.users = users;
        this.tellOthers = tellOthers;
        this.hub = hub;
        this.lifetimeSeconds = lifetimeSeconds;
        this.audit = audit;
        this.clock = clock;
        this.bans = Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterWrite(BAN_SEEN_WITHIN)
                .build(this::isBanned);
        this.remembered = new SessionCache(sessions::find, Ticker.systemTicker());
        this.ends = new SessionTerminator(sessions, users, this::announceEnd, audit, clock);
    }

    /** How often the session of a send was remembered, and how often it had to be read. */
    public CacheStats sessionStats() {
        return remembered.stats();
    }

    /** Opens one more session of a user, known or not; gives its token. */
    public String login(String userId) {
        refuseBanned(isBanned(userId));
        long now = now();
        long expiresAt = lifetimeSeconds == 0 ? 0 : now + lifetimeSeconds;
        Session session = new Session(UUID.randomUUID().toString(), userId, now, expiresAt);
        sessions.insert(session);
        users.loggedIn(userId, now);
        audit.login(userId, session.id());
        return tokens.issue(session);
    }

    /**
     * The session of a token.
     *
     * @throws RequestRejected ({@code unauthenticated}, {@code token_expired}, {@code user_banned})
     */
    public Session authenticate(String token) {
        return authenticate(token, sessions::find);
    }

    /** As {@link #authenticate(String)}, for a send: a session that was ended elsewhere may pass for a second more. */
    public Session authenticateSender(String token) {
        return authenticate(token, remembered::find);
    }

    private Session authenticate(String token, Function<String, Optional<Session>> known) {
        Tokens.Claims claims =
                tokens.verify(token).orElseThrow(() -> RequestRejected.because(ApiError.UNAUTHENTICATED));
        Session session = known.apply(claims.sessionId())
                .or(() -> firstSeen(claims))
                .filter(found -> found.userId().equals(claims.userId()) && !found.isExpiredAt(now()))
                .orElseThrow(() -> RequestRejected.because(ApiError.TOKEN_EXPIRED));
        refuseBanned(bans.get(session.userId()));
        return session;
    }

    /** Opens the session of an earlier system's token, unless that has expired; empty for all other tokens. */
    private Optional<Session> firstSeen(Tokens.Claims claims) {
        long now = now();
        Session session = new Session(claims.sessionId(), claims.userId(), now, claims.expiresAt());
        if (!claims.isLegacy() || session.isExpiredAt(now)) {
            return Optional.empty();
        }
        refuseBanned(isBanned(session.userId()));
        // The user first: whoever finds the session takes it that this has been done.
        users.loggedIn(session.userId(), now);
        if (sessions.insertLegacy(session)) {
            audit.login(session.userId(), session.id());
            return Optional.of(session);
        }
        // Seen elsewhere at the same moment; it may even have been ended since.
        ends.settle(session.userId());
        return sessions.find(session.id());
    }

    /** Ends the session that the user presents: its token is refused from now on, and its connections are closed. */
    public void logout(Session session) {
        end(session.userId(), List.of(session), SessionEnd.LOGGED_OUT);
    }

    /** Ends sessions of one user, however many: on every node, as {@link #logout} does one. */
    public void end(String userId, List<Session> ended, SessionEnd why) {
        ends.end(userId, ended, why);
    }

    private void announceEnd(String sessionId) {
        endedElsewhere(sessionId);
        tellOthers.accept(sessionId);
    }

    /** This node hears from now on of every session that other nodes end; {@link #dropEnded} finds those before. */
    public void hearing() {
        remembered.startHearing();
    }

    /** This node may miss from now on that other nodes end sessions. */
    public void notHearing() {
        remembered.stopHearing();
    }

    /** Refuses a session that has ended in the store, and closes its connections here. */
    public void endedElsewhere(String sessionId) {
        remembered.forget(sessionId);
        hub.disconnectSession(sessionId, CloseCode.LOGGED_OUT);
    }

    /** Refuses a user who was banned after connecting. */
    public void requireNotBanned(String userId) {
        refuseBanned(bans.get(userId));
    }

    /**
     * Closes the connections here whose session has ended without this node having heard of it.
     *
     * @throws StoreUnavailableException if that cannot be known now
     */
    public void dropEnded() {
        List<String> open = List.copyOf(hub.sessionIds());
        for (int from = 0; from < open.size(); from += LOOKED_UP_AT_ONCE) {
            dropEndedAmong(open.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, open.size())));
        }
    }

    /** Closes the connections here of a session, if it has ended. */
    public void dropIfEnded(String sessionId) {
        try {
            dropEndedAmong(List.of(sessionId));
        } catch (StoreUnavailableException e) {
            log.debug("Whether a session has ended is looked up again with all others: {}", e.getMessage());
        }
    }

    private void dropEndedAmong(List<String> sessionIds) {
        long now = now();
        Set<String> alive = sessions.aliveAmong(sessionIds, now);
        if (alive.size() < sessionIds.size()) {
            // Whose time has come is told so; the others were ended.
            hub.disconnectExpired(now);
            sessionIds.stream()
                    .filter(sessionId -> !alive.contains(sessionId))
                    .forEach(sessionId -> hub.disconnectSession(sessionId, CloseCode.LOGGED_OUT));
        }
    }

    /** Closes the connections here of sessions whose time has come. */
    public void dropExpired() {
        hub.disconnectExpired(now());
    }

    /** Forgets the sessions whose time has come. Nodes may do it at the same time. */
    public void endExpired() {
        ends.endExpired();
    }

    /** Forgets that sessions of an earlier system's tokens were ended, where those have expired since. */
    public void forgetLegacyEnds() {
        sessions.deleteBuried(now());
    }

    private boolean isBanned(String userId) {
        return users.find(userId).filter(User::isBanned).isPresent();
    }

    private static void refuseBanned(boolean banned) {
        if (banned) {
            throw RequestRejected.because(ApiError.USER_BANNED);
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
