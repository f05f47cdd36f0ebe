package io.simpleim.standalone.store.file;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares commits among callers: all who ask while a commit is running share the next one.
 *
 * <ul>
 *   <li>{@link #awaitCommit()} returns after a commit that started after the call has succeeded, and throws if that
 *       commit failed. It therefore covers everything that the caller has applied before.
 *   <li>Changes reported by {@link #touch()} are committed within the delay, or with the next awaited commit.
 *   <li>One commit runs at a time, on a thread of this class.
 *   <li>{@link #close()} commits once more. A later wait fails.
 * </ul>
 *
 * <p>Thread-safe. The monitor guards the fields and is never held while the storage works.
 */
public final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long NEVER = Long.MAX_VALUE;

    /** The storage to commit. */
    public interface Storage {
        /** Makes all changes durable that were applied before the call; throws if it cannot. */
        void commit();
    }

    private final Storage storage;
    private final long delayNanos;
    private final long startNanos = System.nanoTime();
    private final Thread thread;

    /** Completed by the next commit. Guarded by this. */
    private CompletableFuture<Void> next = new CompletableFuture<>();
    /** When the next commit is due. Guarded by this. */
    private long commitAt = NEVER;
    /** Guarded by this. */
    private boolean closed;

    public GroupCommit(Storage storage, Duration delay, ThreadFactory threads) {
        this.storage = storage;
        this.delayNanos = delay.toNanos();
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Reports a change that nobody waits for. */
    public void touch() {
        commitWithin(delayNanos);
    }

    /**
     * Waits until all changes applied before the call are durable.
     *
     * @throws IllegalStateException if the commit failed or the store is closed
     */
    public void awaitCommit() {
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

    /** Waits for something to commit; true if it is the last commit. */
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

    /** For {@link Object#wait(long)}, where 0 means for ever. */
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
