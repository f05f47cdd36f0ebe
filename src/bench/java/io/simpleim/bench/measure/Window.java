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
 * @param otherCpu CPU seconds a second that neither the server nor the client used; above 0.1 the machine was not ours
 * @param latency of the operations
 */
public record Window(
        long operations,
        double seconds,
        double serverCpuMicros,
        double clientCpuMicros,
        double serverBytes,
        double otherCpu,
        Histogram latency) {

    public double perSecond() {
        return operations / seconds;
    }
}
