package io.simpleim.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Calls to one store: how many, how long, and whether it answers. Thread-safe. */
public final class StoreMetrics {
    private final Timers calls;
    private volatile boolean isUp;

    StoreMetrics(MeterRegistry registry, String store, Timers calls) {
        this.calls = calls;
        Gauge.builder("simpleim.store.up", this, self -> self.isUp ? 1 : 0)
                .description("Whether the store has answered the last call, 0 or 1; a node makes one each few seconds")
                .tag("store", store)
                .register(registry);
    }

    /**
     * Counts a call.
     *
     * @param labels the values of the calls' labels in their order; the last one is the outcome
     * @param answered whether the store was within reach
     */
    public void called(List<String> labels, boolean answered, long nanos) {
        if (isUp != answered) {
            isUp = answered;
        }
        calls.record(nanos, labels);
    }
}
