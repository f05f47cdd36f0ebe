package io.simpleim.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.service.Availability;
import io.simpleim.service.NamedThreads;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(1, new NamedThreads("test-preparation"));
    private final Availability availability = new Availability();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aStoreThatIsPreparedSoonIsWaitedFor() {
        prepare(() -> {}).begin(LONG);

        assertThat(availability.isUp()).isTrue();
    }

    @Test
    void aDefectIsThrownAtWhoeverWaits() {
        IllegalStateException defect = new IllegalStateException("an index of another kind");

        assertThatThrownBy(() -> prepare(() -> {
                            throw defect;
                        })
                        .begin(LONG))
                .isSameAs(defect);
        assertThat(availability.isUp()).isFalse();
    }

    @Test
    void aStoreOutOfReachIsNotWaitedForAndAskedAgain() {
        prepare(
                        () -> {
                            throw new StoreUnavailableException("away");
                        },
                        () -> {
                            throw new IllegalStateException("still odd");
                        },
                        () -> {})
                .begin(LONG);

        assertThat(availability.isUp()).isFalse();
        await().until(availability::isUp);
    }

    @Test
    void whatTakesLongGoesOnAndADefectThatComesThenIsTriedAgain() {
        prepare(
                        () -> {
                            awaitRelease();
                            throw new IllegalStateException("for now");
                        },
                        () -> {})
                .begin(SHORT);

        assertThat(availability.isUp()).isFalse();
        released.countDown();
        await().until(availability::isUp);
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param tries what becomes of the first one, of the next one, and so on */
    private Preparation prepare(Runnable... tries) {
        Iterator<Runnable> each = List.of(tries).iterator();
        return new Preparation(() -> each.next().run(), availability, timer);
    }
}
