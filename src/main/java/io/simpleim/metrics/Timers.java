package io.simpleim.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Histograms of durations under one name, one for each combination of its labels' values, each made when it is first
 * needed and kept. Thread-safe.
 */
final class Timers {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Duration[] buckets;
    private final List<String> labels;
    private final Map<List<String>, Timer> byValues = new ConcurrentHashMap<>();

    /** @param buckets their upper bounds; each is one more line for each combination of values */
    Timers(MeterRegistry registry, String name, String description, Duration[] buckets, String... labels) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.buckets = buckets;
        this.labels = List.of(labels);
    }

    /** @param values of the labels in their order, each one of few: each combination costs memory for ever */
    void record(long nanos, List<String> values) {
        Timer known = byValues.get(values);
        (known == null ? byValues.computeIfAbsent(values, this::make) : known).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer make(List<String> values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < labels.size(); i++) {
            tags = tags.and(labels.get(i), values.get(i));
        }
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }
}
