package io.simpleim.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import io.simpleim.model.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches sessions for a moment after they were read from the store, for requests so frequent that reading the session each
 * time would cost more than the request itself. Thread-safe.
 *
 * <p>A session that has ended stays here for at most {@link #CACHED_FOR} after it was read, even if cluster messages
 * are lost or late. Usually it is removed at once: the node that ends a session forgets it, and so does every node that
 * is notified of the end. While this node does not receive the notifications of other nodes, nothing is cached.
 */
public final class SessionCache {
    private static final Duration CACHED_FOR = Duration.ofSeconds(1);
    private static final int MAX_SESSIONS = 100_000;

    private final Function<String, Optional<Session>> store;
    private final Ticker ticker;
    private final ConcurrentStatsCounter stats = new ConcurrentStatsCounter();

    /**
     * Null while caching is disabled. Each {@link #enable} creates a new cache, so a read that began earlier cannot enter
     * it.
     */
    private volatile @Nullable Cache<String, Read> cache;

    /**
     * @param store finds a session by its id
     * @param ticker measures the age of cached sessions
     */
    public SessionCache(Function<String, Optional<Session>> store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    /** Hits and misses since start-up. */
    CacheStats stats() {
        return stats.snapshot();
    }

    /** @param atNanos time before the store was queried, in ticker nanoseconds */
    private record Read(Optional<Session> session, long atNanos) {
        /** A missing session is not cached: it may be opened at any moment. */
        private Duration remainingAt(long nanos) {
            return session.isEmpty() ? Duration.ZERO : CACHED_FOR.minusNanos(nanos - atNanos);
        }
    }

    /**
     * Finds a session that was in the store at some moment in the last second. It may have expired.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store has to be queried and is out of reach
     */
    Optional<Session> find(String sessionId) {
        Cache<String, Read> current = cache;
        if (current == null) {
            return store.apply(sessionId);
        }
        // Forgetting a session waits for a read of it that is in progress, so nothing stale enters afterwards.
        return current.get(sessionId, this::read).session();
    }

    private Read read(String sessionId) {
        long before = ticker.read();
        return new Read(store.apply(sessionId), before);
    }

    /** Forgets a session that has ended in the store. */
    void forget(String sessionId) {
        Cache<String, Read> current = cache;
        if (current != null) {
            current.invalidate(sessionId);
        }
    }

    /** Starts caching: from now on {@link #forget} is called for every session that ends on another node. */
    void enable() {
        cache = Caffeine.newBuilder()
                .maximumSize(MAX_SESSIONS)
                .ticker(ticker)
                .recordStats(() -> stats)
                .expireAfter(Expiry.creating((String sessionId, Read read) -> read.remainingAt(ticker.read())))
                .build();
    }

    /** Stops caching: from now on sessions may end on other nodes without a call of {@link #forget}. */
    void disable() {
        cache = null;
    }
}
