package io.simpleim.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters with one name and one label. The counter for a label value is created at its first use. Thread-safe. */
final class LabeledCounters {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final String label;
    private final Map<String, Counter> byValue = new ConcurrentHashMap<>();

    LabeledCounters(MeterRegistry registry, String name, String description, String label) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.label = label;
    }

    /** @param value one of a small set, since each value occupies memory permanently */
    void increment(String value) {
        Counter known = byValue.get(value);
        (known == null ? byValue.computeIfAbsent(value, this::create) : known).increment();
    }

    private Counter create(String value) {
        return Counter.builder(name).description(description).tag(label, value).register(registry);
    }
}
