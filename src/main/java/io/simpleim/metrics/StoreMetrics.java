package io.simpleim.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Metrics of one store: number and duration of calls, and whether the store answers. Thread-safe. */
public final class StoreMetrics {
    private final LabeledTimers calls;
    private volatile boolean isUp;

    StoreMetrics(MeterRegistry registry, String store, LabeledTimers calls) {
        this.calls = calls;
        Gauge.builder("simpleim.store.up", this, self -> self.isUp ? 1 : 0)
                .description("Whether the store answered the last call, 0 or 1; a node makes a call every few seconds")
                .tag("store", store)
                .register(registry);
    }

    /**
     * Counts a call.
     *
     * @param labels label values of the call, in order; the last one is the outcome
     * @param answered whether the store was reachable
     * @param nanos duration of the call, including the wait for a connection
     */
    public void called(List<String> labels, boolean answered, long nanos) {
        if (isUp != answered) {
            isUp = answered;
        }
        calls.record(nanos, labels);
    }
}
