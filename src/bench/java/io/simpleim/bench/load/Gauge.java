package io.simpleim.bench.load;

import io.simpleim.bench.client.Histogram;
import java.util.Map;
import java.util.TreeMap;

/** What senders have in common: whether they go on, and what became of what they sent. Not thread-safe. */
final class Gauge {
    private boolean isOpen;
    private int underWay;
    private long operations;
    private long retries;
    private Histogram latency = new Histogram();
    private final Map<String, Integer> failures = new TreeMap<>();

    void open() {
        isOpen = true;
    }

    void shut() {
        isOpen = false;
    }

    boolean isOpen() {
        return isOpen;
    }

    void beginWindow() {
        operations = 0;
        latency = new Histogram();
    }

    void began() {
        underWay++;
    }

    void succeeded(long nanos) {
        underWay--;
        operations++;
        latency.record(nanos);
    }

    void failed(String why) {
        underWay--;
        failures.merge(why, 1, Integer::sum);
    }

    void retried() {
        retries++;
    }

    int underWay() {
        return underWay;
    }

    long operations() {
        return operations;
    }

    long retries() {
        return retries;
    }

    Histogram latency() {
        return latency;
    }

    Map<String, Integer> failures() {
        return failures;
    }
}
