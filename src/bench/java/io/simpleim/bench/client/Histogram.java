package io.simpleim.bench.client;

/** Durations, kept with an error of at most 1.6 %. Not thread-safe. */
public final class Histogram {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] counts = new long[(64 - SUB_BITS) * SUB];
    private long count;
    private long max;

    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[index(value)]++;
        count++;
        max = Math.max(max, value);
    }

    public long count() {
        return count;
    }

    /** Milliseconds; 0 if nothing was recorded. */
    public double maxMillis() {
        return max / NANOS_PER_MILLI;
    }

    /**
     * Milliseconds within which that share of the durations lies; 0 if nothing was recorded.
     *
     * @param share 0 to 1
     */
    public double millis(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && counts[i] > 0) {
                return Math.min(max, upperEnd(i)) / NANOS_PER_MILLI;
            }
        }
        return 0;
    }

    private static int index(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    private static long upperEnd(int index) {
        if (index < SUB) {
            return index;
        }
        int shift = index / SUB - 1;
        return ((long) (index % SUB + SUB + 1) << shift) - 1;
    }
}
