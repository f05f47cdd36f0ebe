package io.simpleim.admission;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How often one user or one address may do something on this node: a token bucket for each. Thread-safe. */
public final class RateLimiter {
    private static final long MOST_BUCKETS = 100_000;

    private final LoadingCache<String, Bucket> buckets;

    private final Limit limit;

    /**
     * @param perSecond in the long run
     * @param burst at once, after a pause
     * @param limit what a refusal is counted under
     */
    public RateLimiter(long perSecond, long burst, Limit limit) {
        this.limit = limit;
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
        // A bucket that nobody has used for so long is full again, and can be made anew.
        long secondsToFill = burst / perSecond + 1;
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(Duration.ofSeconds(secondsToFill))
                .build(who -> Bucket.builder().addLimit(bandwidth).build());
    }

    /** @throws RequestRejected ({@code rate_limited}) if the user or address has to wait */
    public void take(String who) {
        ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw RequestRejected.forNow(ApiError.RATE_LIMITED, (int) seconds).by(limit);
        }
    }
}
