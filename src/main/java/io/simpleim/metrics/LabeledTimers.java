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
 * Duration histograms with one name and several labels. The histogram for a combination of label values is created at its
 * first use and kept. Thread-safe.
 */
final class LabeledTimers {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Duration[] buckets;
    private final List<String> labels;
    private final Map<List<String>, Timer> byValues = new ConcurrentHashMap<>();

    /** @param buckets upper bounds; each adds one exported line per combination of label values */
    LabeledTimers(MeterRegistry registry, String name, String description, Duration[] buckets, String... labels) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.buckets = buckets;
        this.labels = List.of(labels);
    }

    /** @param values label values in order, each one of a small set, since each combination occupies memory permanently */
    void record(long nanos, List<String> values) {
        Timer known = byValues.get(values);
        (known == null ? byValues.computeIfAbsent(values, this::create) : known).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer create(List<String> values) {
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
