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
 * Sessions that were read from the store a moment ago, for calls that come so often that asking every time would cost
 * more than they do. Thread-safe.
 *
 * <p>A session that has ended is found here no longer than {@link #KEEP} after it was read, whatever is lost or late. It
 * is usually gone at once: who ends a session here forgets it, and so does who hears that another node has ended it.
 * While nothing would be heard, nothing is remembered.
 */
final class SessionCache {
    private static final Duration KEEP = Duration.ofSeconds(1);
    private static final int MOST = 100_000;

    private final Function<String, Optional<Session>> store;
    private final Ticker ticker;
    private final ConcurrentStatsCounter stats = new ConcurrentStatsCounter();

    /**
     * Null while nothing would be heard. Each time of hearing has its own: what was read in an earlier one, and arrives
     * late, is lost with it.
     */
    private volatile @Nullable Cache<String, Read> heard;

    /**
     * @param store finds a session by its id
     * @param ticker tells how long ago something was read
     */
    SessionCache(Function<String, Optional<Session>> store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    /** How often something was remembered, and how often not. */
    CacheStats stats() {
        return stats.snapshot();
    }

    /** @param atNanos when the store was asked */
    private record Read(Optional<Session> session, long atNanos) {
        /** One that is not there may be there the next moment. */
        private Duration keepAt(long nanos) {
            return session.isEmpty() ? Duration.ZERO : KEEP.minusNanos(nanos - atNanos);
        }
    }

    /**
     * A session that stood in the store at some moment in the last second; it may have expired.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store has to be asked and is out of reach
     */
    Optional<Session> find(String sessionId) {
        Cache<String, Read> remembered = heard;
        if (remembered == null) {
            return store.apply(sessionId);
        }
        // Forgetting a session waits for a reading of it that is under way, so nothing old comes in after that.
        return remembered.get(sessionId, this::read).session();
    }

    private Read read(String sessionId) {
        long before = ticker.read();
        return new Read(store.apply(sessionId), before);
    }

    /** Forgets a session that has ended in the store. */
    void forget(String sessionId) {
        Cache<String, Read> remembered = heard;
        if (remembered != null) {
            remembered.invalidate(sessionId);
        }
    }

    /** From now on {@link #forget} is called for every session that ends on another node. */
    void startHearing() {
        heard = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(ticker)
                .recordStats(() -> stats)
                .expireAfter(Expiry.creating((String sessionId, Read read) -> read.keepAt(ticker.read())))
                .build();
    }

    /** From now on sessions may end elsewhere without {@link #forget} being called. */
    void stopHearing() {
        heard = null;
    }
}
