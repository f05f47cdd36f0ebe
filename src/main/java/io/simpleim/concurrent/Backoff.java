package io.simpleim.concurrent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Computes the pauses between attempts that keep failing: each step doubles the pause up to a maximum, and random jitter
 * keeps nodes that failed together from retrying together. It does not wait itself. Not thread-safe.
 */
public final class Backoff {
    private final long minMillis;
    private final long maxMillis;
    private final RandomGenerator random;
    private long stepMillis;

    /**
     * @param min first step, at least one millisecond
     * @param max maximum step, at least {@code min}; with jitter a pause is less than twice as long
     * @param random source of the jitter
     * @throws IllegalArgumentException if the bounds are out of range
     */
    public Backoff(Duration min, Duration max, RandomGenerator random) {
        minMillis = min.toMillis();
        maxMillis = max.toMillis();
        if (minMillis < 1 || maxMillis < minMillis) {
            throw new IllegalArgumentException("Backoff from " + min + " to " + max);
        }
        this.random = random;
        stepMillis = minMillis;
    }

    /** Returns the next pause in milliseconds, from one step up to just below two steps, and doubles the step. */
    public long nextMillis() {
        long pause = stepMillis + random.nextLong(stepMillis);
        stepMillis = Math.min(stepMillis * 2, maxMillis);
        return pause;
    }

    /** Starts again with the first step, after a success. */
    public void reset() {
        stepMillis = minMillis;
    }
}
