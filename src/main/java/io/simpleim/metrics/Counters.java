package io.simpleim.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters of one name, one for each value of a label, each made when it is first needed and kept. Thread-safe. */
final class Counters {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final String label;
    private final Map<String, Counter> byValue = new ConcurrentHashMap<>();

    Counters(MeterRegistry registry, String name, String description, String label) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.label = label;
    }

    /** @param value one of few: each costs memory for ever */
    void increment(String value) {
        Counter known = byValue.get(value);
        (known == null ? byValue.computeIfAbsent(value, this::make) : known).increment();
    }

    private Counter make(String value) {
        return Counter.builder(name).description(description).tag(label, value).register(registry);
    }
}
