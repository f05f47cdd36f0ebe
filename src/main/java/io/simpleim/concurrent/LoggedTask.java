package io.simpleim.concurrent;

import io.simpleim.model.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A periodic task that logs its failures; an executor would silently stop a task that throws.
 *
 * @param what name of the task in log lines
 */
public record LoggedTask(String what, Runnable task) implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(LoggedTask.class);

    @Override
    public void run() {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            log.warn("{} will be tried again: {}", what, e.getMessage());
        } catch (RuntimeException e) {
            log.error("Failed: {}", what, e);
        }
    }
}
