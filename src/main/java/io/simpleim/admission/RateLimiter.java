package io.simpleim.admission;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Limits the rate of an operation for each user or address on this node, with a token bucket per key. Thread-safe. */
public final class RateLimiter {
    private static final long MAX_BUCKETS = 100_000;

    private final Limit limit;
    private final LoadingCache<String, Bucket> buckets;

    /**
     * @param perSecond average uses per second, 1 or more
     * @param burst maximum number of uses at once after a pause, 1 or more
     * @param limit the limit that refusals are counted under
     */
    public RateLimiter(long perSecond, long burst, Limit limit) {
        this(perSecond, burst, limit, System::nanoTime);
    }

    /** As the other constructor, with {@code nanoTime} in place of {@link System#nanoTime()}. */
    public RateLimiter(long perSecond, long burst, Limit limit, LongSupplier nanoTime) {
        this.limit = limit;
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
        TimeMeter time = new NanoTime(nanoTime);
        // A bucket that was unused for this long is full again, like a new one.
        long secondsToFill = burst / perSecond + 1;
        buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(Duration.ofSeconds(secondsToFill))
                .ticker(nanoTime::getAsLong)
                .build(key -> Bucket.builder()
                        .addLimit(bandwidth)
                        .withCustomTimePrecision(time)
                        .build());
    }

    /**
     * Counts one use.
     *
     * @param key the user or address
     * @throws RequestRejected ({@code rate_limited}) if the rate is exceeded
     */
    public void take(String key) {
        ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw RequestRejected.forNow(ApiError.RATE_LIMITED, (int) seconds).by(limit);
        }
    }

    private record NanoTime(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
