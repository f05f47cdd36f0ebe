package io.simpleim.standalone.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits for many at once: whoever asks while a commit is running shares the next one.
 *
 * <ul>
 *   <li>{@link #awaitCommit()} returns only after a commit that began after the call has succeeded, and throws if that
 *       one failed. So whatever the caller had applied before is covered.
 *   <li>What {@link #touch()} announces is committed within the delay, or with the next commit that somebody waits for.
 *   <li>One commit runs at a time, on the thread of this class.
 *   <li>{@link #close()} commits once more; a wait that begins after it fails.
 * </ul>
 *
 * <p>Thread-safe. The monitor guards the fields and is never held while the storage works.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long NEVER = Long.MAX_VALUE;

    /** What is committed. */
    interface Storage {
        /** Makes everything durable that was applied before the call; throws if it cannot. */
        void commit();
    }

    private final Storage storage;
    private final long delayNanos;
    private final long startNanos = System.nanoTime();
    private final Thread thread;

    /** Completed by the next commit; guarded by this. */
    private CompletableFuture<Void> next = new CompletableFuture<>();
    /** When the next commit is due; guarded by this. */
    private long commitAt = NEVER;
    /** Guarded by this. */
    private boolean closed;

    GroupCommit(Storage storage, Duration delay, ThreadFactory threads) {
        this.storage = storage;
        this.delayNanos = delay.toNanos();
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Something was applied that nobody waits for. */
    void touch() {
        commitWithin(delayNanos);
    }

    /** Waits until all that was applied before the call is durable. */
    void awaitCommit() {
        CompletableFuture<Void> mine;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("The store is closed");
            }
            mine = next;
            commitWithin(0);
        }
        try {
            mine.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The commit failed: " + e.getCause(), e.getCause());
        }
    }

    private synchronized void commitWithin(long nanos) {
        long at = now() + nanos;
        if (at < commitAt) {
            commitAt = at;
            notifyAll();
        }
    }

    private void run() {
        boolean last;
        do {
            last = awaitWork();
            commit();
        } while (!last);
    }

    /** Returns when there is something to commit; true if it is for the last time. */
    private synchronized boolean awaitWork() {
        while (!closed) {
            long now = now();
            if (commitAt <= now) {
                return false;
            }
            try {
                wait(millisUntil(commitAt, now));
            } catch (InterruptedException e) {
                LOG.debug("Only close() ends this thread", e);
            }
        }
        return true;
    }

    private void commit() {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            waiting = next;
            next = new CompletableFuture<>();
            commitAt = NEVER;
        }
        try {
            storage.commit();
            waiting.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.error("Commit failed", e);
            waiting.completeExceptionally(e);
        }
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    /** For {@link Object#wait(long)}, where 0 is for ever. */
    private static long millisUntil(long at, long now) {
        return at == NEVER ? 0 : (at - now) / 1_000_000 + 1;
    }

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
