package io.simpleim.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** Upper bounds of histogram buckets: few, so that each scrape stays small. */
final class HistogramBuckets {
    /** Messages in a batch, up to the maximum batch size. */
    static final double[] BATCH = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private HistogramBuckets() {}

    /** Durations that clients wait for. */
    static Duration[] answers() {
        return millis(5, 10, 25, 50, 100, 250, 1000, 5000);
    }

    /** Durations of internal steps, from a local round trip to the longest wait for a store. */
    static Duration[] steps() {
        return millis(1, 5, 10, 25, 100, 500, 2500);
    }

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
