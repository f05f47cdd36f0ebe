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
 * Prepares the store, and retries until it succeeds; only then does the server accept requests. New indexes on large
 * collections may take an hour, and a store may accept a command and never answer, so the container's start-up thread waits
 * for a limited time only.
 */
final class Preparation {
    private static final Logger log = LoggerFactory.getLogger(Preparation.class);
    private static final int RETRY_SECONDS = 1;

    private final Runnable steps;
    private final Availability availability;
    private final ScheduledExecutorService timer;

    /**
     * @param steps idempotent; may be repeated after any failure
     * @param timer provides one thread for as long as the steps take
     */
    Preparation(Runnable steps, Availability availability, ScheduledExecutorService timer) {
        this.steps = steps;
        this.availability = availability;
        this.timer = timer;
    }

    /**
     * Starts preparing, and waits for the first attempt to end.
     *
     * @param maxWait maximum wait; preparing continues afterwards
     * @throws RuntimeException if the first attempt failed in time for a reason other than an unreachable store
     */
    void begin(Duration maxWait) {
        CompletableFuture<Void> first = CompletableFuture.runAsync(this::attempt, timer);
        try {
            first.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("No requests are taken until MongoDB has created the indexes");
            CompletableFuture<Void> unused = first.whenComplete((nothing, defect) -> {
                if (defect != null) {
                    failed(defect);
                }
            });
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException defect ? defect : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while preparing the store", e);
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
            scheduleRetry();
        }
    }

    /** Nobody waits for a later attempt, so any failure is logged and retried. */
    private void retry() {
        try {
            attempt();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable defect) {
        if (timer.isShutdown()) {
            // The driver reports closed connections; this is no defect.
            log.debug("The server stopped before its store was prepared", defect);
        } else {
            log.error("Preparing the store failed and will be tried again", defect);
            scheduleRetry();
        }
    }

    private void scheduleRetry() {
        try {
            Future<?> unused = timer.schedule(this::retry, RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping before its store was prepared");
        }
    }
}
