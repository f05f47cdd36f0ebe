package io.simpleim.bench.measure;

import org.HdrHistogram.Histogram;

/** Durations in nanoseconds, kept with an error of at most 1 %. Not thread-safe. */
public final class LatencyHistogram {
    private static final int SIGNIFICANT_DIGITS = 2;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    /** Exact, unlike the histogram's. */
    private long max;

    /** Records a duration; a negative one counts as 0. */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        histogram.recordValue(value);
        max = Math.max(max, value);
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** The longest duration in milliseconds; 0 if nothing was recorded. */
    public double maxMillis() {
        return max / NANOS_PER_MILLI;
    }

    /**
     * The quantile in milliseconds; 0 if nothing was recorded.
     *
     * @param share of the durations that are at most that long, from 0 to 1
     */
    public double millis(double share) {
        return Math.min(max, histogram.getValueAtPercentile(100 * share)) / NANOS_PER_MILLI;
    }
}
