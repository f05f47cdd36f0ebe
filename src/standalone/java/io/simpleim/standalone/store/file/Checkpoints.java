package io.simpleim.standalone.store.file;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the store's changed pages from time to time, on a thread of its own while commands continue, so that the logs
 * stay short. Writers that are faster than the disk must wait.
 *
 * <p>Thread-safe. The monitor guards the fields and is never held while the storage works.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** The storage to write. */
    interface Storage {
        /** Amount of unwritten data: at 1 a checkpoint is due, at 2 writers must wait. */
        double pressure();

        /** Whether there is anything to write. */
        boolean isBehind();

        /** Writes all changes applied before the call. */
        void checkpoint();
    }

    private final Storage storage;
    private final Duration interval;
    private final Thread thread;

    /** Guarded by this. */
    private boolean closed;

    /** @param interval longest time until even a small change is written */
    Checkpoints(Storage storage, Duration interval, ThreadFactory threads) {
        this.storage = storage;
        this.interval = interval;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Reports that something was logged. */
    void logged() {
        if (storage.pressure() >= 1) {
            wake();
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Waits while there is too much unwritten data. */
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
                LOG.error("The store failed to write its pages; acknowledged writes are in its logs", e);
                return;
            } finally {
                wake();
            }
        }
    }

    /** Waits until a checkpoint is due; returns false if this was closed. */
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

    /** Waits for a running checkpoint; no other one starts. */
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
