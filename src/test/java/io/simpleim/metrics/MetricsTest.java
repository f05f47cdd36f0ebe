package io.simpleim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void aFailingMetricDoesNotHideTheOthers() {
        metrics.gauge("some.broken.level", "a", MetricsTest::fail);
        metrics.counter("some.broken.total", "b", MetricsTest::fail);
        metrics.gauge("some.level", "c", () -> 7);
        metrics.counter("some.count", "d", () -> 8);

        for (String format : new String[] {null, "application/openmetrics-text"}) {
            assertThat(text(format))
                    .contains("some_broken_level NaN", "some_broken_total NaN", "some_level 7", "some_count_total 8");
        }
    }

    @Test
    void jvmMetricsAreShownOnRequestAndOncePerServer() {
        assertThat(text(null)).doesNotContain("jvm_");
        try (Metrics other = new Metrics()) {
            other.showJvm();
            metrics.showJvm();
        }

        assertThat(text(null)).containsOnlyOnce("# HELP jvm_memory_usage_after_gc ");
    }

    private String text(String accept) {
        return new String(metrics.text(Metrics.formatFor(accept)), StandardCharsets.UTF_8);
    }

    private static long fail() {
        throw new IllegalStateException("nobody knows");
    }
}
