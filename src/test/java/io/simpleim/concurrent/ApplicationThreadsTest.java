package io.simpleim.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplicationThreadsTest {
    private final ClassLoader application = new URLClassLoader(new URL[0]);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void waitsForAThreadOfTheApplication() {
        Thread ending = start(application);
        end.countDown();
        ApplicationThreads.awaitEnd(application, Duration.ofSeconds(20));
        assertThat(ending.isAlive()).isFalse();
    }

    @Test
    void stopsWaitingForAThreadThatDoesNotEnd() {
        Thread forgotten = start(application);
        ApplicationThreads.awaitEnd(application, Duration.ofMillis(10));
        assertThat(forgotten.isAlive()).isTrue();
    }

    @Test
    void leavesTheThreadsOfOthersAlone() {
        Thread foreign = start(getClass().getClassLoader());
        // It would wait for ever.
        ApplicationThreads.awaitEnd(application, Duration.ofDays(1));
        assertThat(foreign.isAlive()).isTrue();
    }

    private Thread start(ClassLoader loader) {
        Thread thread = new Thread(this::awaitEnd);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        return thread;
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
