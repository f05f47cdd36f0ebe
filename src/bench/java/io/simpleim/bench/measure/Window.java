package io.simpleim.bench.measure;

import io.simpleim.bench.client.Histogram;

/**
 * What was seen in a stretch of time.
 *
 * @param operations that were finished
 * @param seconds of the clock on the wall
 * @param serverCpuMicros an operation's share
 * @param clientCpuMicros an operation's share
 * @param serverBytes allocated for an operation
 * @param otherCpu CPU seconds a second that neither server nor stores nor client used; above 0.1 the machine was not ours
 * @param latency of the operations
 * @param stores what stores of their own processes used for all operations together
 */
public record Window(
        long operations,
        double seconds,
        double serverCpuMicros,
        double clientCpuMicros,
        double serverBytes,
        double otherCpu,
        Histogram latency,
        StoreCounters stores) {

    private static final double NANOS_PER_MICRO = 1000;

    public double perSecond() {
        return operations / seconds;
    }

    /** An operation's share of the CPU time of a store that is not in the server's process, in microseconds. */
    public double storeCpuMicros() {
        return each(stores.cpuNanos()) / NANOS_PER_MICRO;
    }

    /** As {@link #storeCpuMicros()}, of Redis. */
    public double redisCpuMicros() {
        return each(stores.redis().cpuNanos()) / NANOS_PER_MICRO;
    }

    /** An operation's share of what is counted for all. */
    public double each(long ofAll) {
        return ofAll / (double) Math.max(1, operations);
    }
}
