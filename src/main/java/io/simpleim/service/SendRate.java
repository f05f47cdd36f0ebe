package io.simpleim.service;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How fast one user may send on this node: a token bucket for each. Thread-safe. */
public final class SendRate {
    private static final long MAX_USERS = 100_000;

    private final LoadingCache<String, Bucket> buckets;

    /**
     * @param perSecond {@code [limits] messagesPerSecond}
     * @param burst {@code [limits] messageBurst}
     */
    public SendRate(long perSecond, long burst) {
        Bandwidth limit = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
        // A bucket that nobody has used for so long is full again, and can be made anew.
        long secondsToFill = burst / perSecond + 1;
        buckets = Caffeine.newBuilder()
                .maximumSize(MAX_USERS)
                .expireAfterAccess(Duration.ofSeconds(secondsToFill))
                .build(userId -> Bucket.builder().addLimit(limit).build());
    }

    /** @throws Refused ({@code rate_limited}) if the user has to wait */
    public void take(String userId) {
        ConsumptionProbe probe = buckets.get(userId).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw Refused.forNow(ApiError.RATE_LIMITED, (int) seconds);
        }
    }
}
