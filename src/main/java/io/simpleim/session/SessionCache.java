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
 * Sessions that were read from the store a moment ago, for requests so frequent that reading the session each time would
 * cost more than the request itself. Thread-safe.
 *
 * <p>A session that has ended stays here no longer than {@link #KEEP} after it was read, even if messages are lost or late. Usually
 * it leaves at once: the node that ends a session forgets it, and so does every node that hears of the end. While this
 * node hears nothing from the others, nothing is cached.
 */
public final class SessionCache {
    private static final Duration KEEP = Duration.ofSeconds(1);
    private static final int MAX_SESSIONS = 100_000;

    private final Function<String, Optional<Session>> store;
    private final Ticker ticker;
    private final ConcurrentStatsCounter stats = new ConcurrentStatsCounter();

    /**
     * Null while this node hears nothing. Each {@link #startHearing} makes a new cache, so a read that began before and
     * ends late cannot enter it.
     */
    private volatile @Nullable Cache<String, Read> cache;

    /**
     * @param store finds a session by its id
     * @param ticker measures the age of what was read
     */
    public SessionCache(Function<String, Optional<Session>> store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    /** Hits and misses since the start. */
    CacheStats stats() {
        return stats.snapshot();
    }

    /** @param atNanos when the store was asked, by the ticker */
    private record Read(Optional<Session> session, long atNanos) {
        /** A missing session is not cached: it may be opened at any moment. */
        private Duration keepAt(long nanos) {
            return session.isEmpty() ? Duration.ZERO : KEEP.minusNanos(nanos - atNanos);
        }
    }

    /**
     * A session that was in the store at some moment in the last second; it may have expired.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store has to be asked and is out of reach
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

    /** From now on {@link #forget} is called for every session that ends on another node. */
    void startHearing() {
        cache = Caffeine.newBuilder()
                .maximumSize(MAX_SESSIONS)
                .ticker(ticker)
                .recordStats(() -> stats)
                .expireAfter(Expiry.creating((String sessionId, Read read) -> read.keepAt(ticker.read())))
                .build();
    }

    /** From now on sessions may end on other nodes without {@link #forget} being called. */
    void stopHearing() {
        cache = null;
    }
}
