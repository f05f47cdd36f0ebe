package io.simpleim.bootstrap;

import io.simpleim.admission.Availability;
import io.simpleim.model.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the store in shape, again and again until it has succeeded; only then are requests taken. Indexes on what was
 * gathered for years may take an hour, and a store may take a command and never answer: the container's thread, which
 * has other applications to start, waits for neither.
 */
final class Preparation {
    private static final Logger log = LoggerFactory.getLogger(Preparation.class);
    private static final int AGAIN_SECONDS = 1;

    private final Runnable steps;
    private final Availability availability;
    private final ScheduledExecutorService timer;

    /**
     * @param steps can be done again, whatever has become of them
     * @param timer one of its threads is taken for as long as the steps take
     */
    Preparation(Runnable steps, Availability availability, ScheduledExecutorService timer) {
        this.steps = steps;
        this.availability = availability;
        this.timer = timer;
    }

    /**
     * Begins, and waits for the first try to end, but no longer than that.
     *
     * @throws RuntimeException what the steps have thrown meanwhile, unless the store was out of reach
     */
    void begin(Duration longestWait) {
        CompletableFuture<Void> first = CompletableFuture.runAsync(this::attempt, timer);
        try {
            first.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("No requests are taken before indexes are there, which MongoDB is still asked for");
            CompletableFuture<Void> unused = first.whenComplete((nothing, defect) -> {
                if (defect != null) {
                    failed(defect);
                }
            });
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException defect ? defect : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the store was prepared", e);
        }
    }

    private void attempt() {
        try {
            steps.run();
            availability.started();
            if (availability.isUp()) {
                log.info("MongoDB answers, collections and indexes are there: requests are taken");
            }
        } catch (StoreUnavailableException e) {
            log.warn("No requests are taken before the store answers: {}", e.getMessage());
            later();
        }
    }

    /** Whatever goes wrong once nobody waits has nobody to be thrown at, and may pass as well. */
    private void again() {
        try {
            attempt();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable defect) {
        if (timer.isShutdown()) {
            // The connections are closed by then, of which the driver complains.
            log.debug("The server has stopped before its store was prepared", defect);
        } else {
            log.error("Preparing the store failed, and will be tried again", defect);
            later();
        }
    }

    private void later() {
        try {
            Future<?> unused = timer.schedule(this::again, AGAIN_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The server stops before its store was prepared");
        }
    }
}
