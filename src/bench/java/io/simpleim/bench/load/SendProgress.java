package io.simpleim.bench.load;

import io.simpleim.bench.measure.LatencyHistogram;
import java.util.Map;
import java.util.TreeMap;

/** State that the senders of a run share: whether to continue, and counts of their requests. Not thread-safe. */
final class SendProgress {
    private boolean isRunning;
    private int pending;
    private long operations;
    private long retries;
    private LatencyHistogram latency = new LatencyHistogram();
    private final Map<String, Integer> failures = new TreeMap<>();

    void start() {
        isRunning = true;
    }

    void stop() {
        isRunning = false;
    }

    boolean isRunning() {
        return isRunning;
    }

    void beginWindow() {
        operations = 0;
        latency = new LatencyHistogram();
    }

    void began() {
        pending++;
    }

    void succeeded(long nanos) {
        pending--;
        operations++;
        latency.record(nanos);
    }

    void failed(String why) {
        pending--;
        failures.merge(why, 1, Integer::sum);
    }

    void retried() {
        retries++;
    }

    int pending() {
        return pending;
    }

    long operations() {
        return operations;
    }

    long retries() {
        return retries;
    }

    LatencyHistogram latency() {
        return latency;
    }

    Map<String, Integer> failures() {
        return failures;
    }
}
