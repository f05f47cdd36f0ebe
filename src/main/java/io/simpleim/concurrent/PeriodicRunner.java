package io.simpleim.concurrent;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs periodic tasks. A failure is logged and the task runs again after its interval; an executor alone would drop the
 * task silently. Thread-safe.
 */
public final class PeriodicRunner {
    private final ScheduledExecutorService executor;

    /** @param executor runs the tasks; its owner closes it */
    public PeriodicRunner(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Runs a task periodically, for the first time after one interval. A task never overlaps itself.
     *
     * @param interval time between the end of one run and the start of the next, at least one millisecond
     * @param description names the task in log lines, such as "writing room heads"
     */
    public void every(Duration interval, String description, Runnable task) {
        long millis = interval.toMillis();
        Future<?> unused = executor.scheduleWithFixedDelay(
                new LoggedTask(description, task), millis, millis, TimeUnit.MILLISECONDS);
    }
}
