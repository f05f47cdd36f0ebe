package io.simpleim.concurrent;

import io.simpleim.model.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that logs its failures instead of throwing them. As thread-safe as the task that it runs. */
record LoggedTask(String description, Runnable task) implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(LoggedTask.class);

    @Override
    public void run() {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            log.warn("Will try again ({}): {}", description, e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error("Failed, will run again: {}", description, e);
        }
    }
}
