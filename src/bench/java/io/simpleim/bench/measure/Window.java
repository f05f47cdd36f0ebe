package io.simpleim.bench.measure;

/**
 * Measurements of one stretch of time.
 *
 * @param operations completed operations
 * @param seconds wall-clock time
 * @param serverCpuMicros CPU time of the server per operation
 * @param clientCpuMicros CPU time of the client per operation
 * @param serverBytes bytes that the server allocated per operation
 * @param otherCpu CPU seconds per second used by unrelated processes; above 0.1 the machine was too busy for a valid
 *     result
 * @param latency latency of the operations
 * @param stores total usage of stores in processes of their own
 */
public record Window(
        long operations,
        double seconds,
        double serverCpuMicros,
        double clientCpuMicros,
        double serverBytes,
        double otherCpu,
        LatencyHistogram latency,
        StoreCounters stores) {

    private static final double NANOS_PER_MICRO = 1000;

    public double perSecond() {
        return operations / seconds;
    }

    /** CPU time per operation of a MongoDB store in a process of its own, in microseconds. */
    public double storeCpuMicros() {
        return each(stores.cpuNanos()) / NANOS_PER_MICRO;
    }

    /** CPU time per operation of Redis, in microseconds. */
    public double redisCpuMicros() {
        return each(stores.redis().cpuNanos()) / NANOS_PER_MICRO;
    }

    /** Divides a total by the number of operations. */
    public double each(long ofAll) {
        return ofAll / (double) Math.max(1, operations);
    }
}
