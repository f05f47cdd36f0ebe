package io.simpleim.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.simpleim.admission.Availability;
import io.simpleim.concurrent.NamedThreads;
import io.simpleim.model.StoreUnavailableException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PreparationTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(1, new NamedThreads("test-preparation"));
    private final Availability availability = new Availability();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Logger log = (Logger) LoggerFactory.getLogger(Preparation.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
        log.setAdditive(false);
    }

    @AfterEach
    void stop() {
        log.detachAppender(logged);
        log.setAdditive(true);
        timer.shutdownNow();
    }

    @Test
    void startWaitsForAQuickPreparation() {
        prepare(() -> {}).begin(LONG);

        assertThat(availability.isUp()).isTrue();
    }

    @Test
    void aDefectIsThrownToTheWaitingCaller() {
        IllegalStateException defect = new IllegalStateException("an index of another kind");

        assertThatThrownBy(() -> prepare(() -> {
                            throw defect;
                        })
                        .begin(LONG))
                .isSameAs(defect);
        assertThat(availability.isUp()).isFalse();
    }

    @Test
    void anUnreachableStoreDelaysNothingAndIsRetried() {
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
    void slowPreparationContinuesAndALaterDefectIsRetried() {
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
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).contains(Level.ERROR);
    }

    @Test
    void failuresAfterTheServerStoppedAreIgnored() throws Exception {
        prepare(() -> {
                    awaitRelease();
                    throw new IllegalStateException("the connections are closed");
                })
                .begin(SHORT);
        timer.shutdown();

        released.countDown();

        assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).doesNotContain(Level.ERROR);
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
