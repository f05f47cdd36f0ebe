package io.simpleim.standalone.store;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the pages of the store once in a while, so that the logs stay short: on a thread of its own, while commands go
 * on. Writers that are faster than the disk have to wait.
 *
 * <p>Thread-safe. The monitor guards the fields and is never held while the storage works.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** What is written. */
    interface Storage {
        /** How full the storage is with what has not been written: 1 means it is time, 2 that writers must wait. */
        double pressure();

        /** Whether there is anything to write at all. */
        boolean isBehind();

        /** Writes all that was applied before the call. */
        void checkpoint();
    }

    private final Storage storage;
    private final Duration interval;
    private final Thread thread;

    /** Guarded by this. */
    private boolean closed;

    /** @param interval what has been applied for so long is written, be it ever so little */
    Checkpoints(Storage storage, Duration interval, ThreadFactory threads) {
        this.storage = storage;
        this.interval = interval;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Something was logged. */
    void logged() {
        if (storage.pressure() >= 1) {
            wake();
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Waits while there is too much to write. */
    void awaitRoom() {
        if (storage.pressure() < 2) {
            return;
        }
        boolean interrupted = false;
        synchronized (this) {
            notifyAll();
            while (storage.pressure() >= 2 && !closed) {
                try {
                    wait(interval.toMillis());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (awaitTime()) {
            try {
                storage.checkpoint();
            } catch (RuntimeException | Error e) {
                LOG.error("The store failed to write its pages; what was acknowledged is in its logs", e);
                return;
            } finally {
                wake();
            }
        }
    }

    /** False if closed. */
    private synchronized boolean awaitTime() {
        long end = System.nanoTime() + interval.toNanos();
        while (!closed && storage.pressure() < 1) {
            long left = end - System.nanoTime();
            if (left <= 0 && storage.isBehind()) {
                return true;
            }
            try {
                wait(left <= 0 ? interval.toMillis() : left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                LOG.debug("Only close() ends this thread", e);
            }
        }
        return !closed;
    }

    /** Waits for the one that is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
