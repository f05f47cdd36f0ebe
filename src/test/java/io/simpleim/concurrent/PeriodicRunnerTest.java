package io.simpleim.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicRunnerTest {
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("test"));

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void aTaskThatFailsRunsAgain() {
        AtomicInteger runs = new AtomicInteger();
        new PeriodicRunner(executor).every(Duration.ofMillis(1), "failing", () -> {
            if (runs.incrementAndGet() % 2 == 0) {
                throw new AssertionError("an error, too");
            }
            throw new IllegalStateException("expected");
        });
        await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(4));
    }
}
