package io.simpleim.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The upper bounds of histograms: few, so that what Prometheus fetches stays small. */
final class Buckets {
    /** Of a batch of messages, up to the most that one may have. */
    static final double[] BATCH = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private Buckets() {}

    /** Of what clients wait for. */
    static Duration[] answers() {
        return millis(5, 10, 25, 50, 100, 250, 1000, 5000);
    }

    /** Of what the server does by itself, from a round trip in one machine to the longest that it waits for a store. */
    static Duration[] steps() {
        return millis(1, 5, 10, 25, 100, 500, 2500);
    }

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
