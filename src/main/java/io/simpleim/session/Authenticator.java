package io.simpleim.session;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.auth.Tokens;
import io.simpleim.model.Session;
import io.simpleim.store.mongo.SessionDao;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the session of a token. Thread-safe.
 *
 * <p>A session is alive while its document is in the store and has not expired. Every request queries the store, so a
 * session that has ended is refused on every node at once, independent of Redis. Only sends, by far the most frequent
 * requests, use the {@link SessionCache}: they are refused when this node is notified of the end, but at most a second
 * later.
 */
public final class Authenticator {
    private final Tokens tokens;
    private final SessionDao sessions;
    private final SessionCache cache;
    private final LegacySessions legacy;
    private final BanCheck bans;
    private final Clock clock;

    public Authenticator(
            Tokens tokens, SessionDao sessions, SessionCache cache, LegacySessions legacy, BanCheck bans, Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cache = cache;
        this.legacy = legacy;
        this.bans = bans;
        this.clock = clock;
    }

    /**
     * The session of a token.
     *
     * @throws RequestRejected ({@code unauthenticated}, {@code token_expired}, {@code user_banned})
     * @throws io.simpleim.model.StoreUnavailableException if the store has to be queried and is out of reach
     */
    public Session authenticate(String token) {
        return authenticate(token, sessions::find);
    }

    /** As {@link #authenticate}, for a send: a session that has ended on another node may pass for up to one second. */
    public Session authenticateSender(String token) {
        return authenticate(token, cache::find);
    }

    private Session authenticate(String token, Function<String, Optional<Session>> store) {
        Tokens.Claims claims =
                tokens.verify(token).orElseThrow(() -> RequestRejected.because(ApiError.UNAUTHENTICATED));
        long now = clock.instant().getEpochSecond();
        Session session = store.apply(claims.sessionId())
                .or(() -> legacy.open(claims))
                .filter(found -> found.userId().equals(claims.userId()) && !found.isExpiredAt(now))
                .orElseThrow(() -> RequestRejected.because(ApiError.TOKEN_EXPIRED));
        bans.requireNotBanned(session.userId());
        return session;
    }

    /** Hits and misses of the cache that sends use. */
    public CacheStats cacheStats() {
        return cache.stats();
    }
}
