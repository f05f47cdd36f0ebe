package io.simpleim.standalone.store.redo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes to the current log and starts new logs. Whenever the lock of this class is free, all records cut from
 * the buffer are on the disk, or the writer has failed. A failure is final: a failed force leaves the disk in an
 * unknown state, and a later successful one says nothing about it.
 *
 * <p>Thread-safe. Lock order: this lock, then the gate of the store.
 */
public final class RedoWriter implements AutoCloseable {
    private final RedoLogs logs;
    private final RedoBuffer buffer = new RedoBuffer();
    private final Lock lock = new ReentrantLock();
    /** While it is held, no command is between two of its changes. */
    private final Lock gate;

    /** Written under the lock. */
    private volatile RedoLog log;

    private volatile @Nullable Throwable failure;

    /**
     * Creates the first log that it writes.
     *
     * @param number of that log
     * @param gate held while the log is cut between two commands
     */
    public RedoWriter(RedoLogs logs, long number, Lock gate) {
        this.logs = logs;
        this.log = logs.create(number);
        this.gate = gate;
    }

    public RedoBuffer buffer() {
        return buffer;
    }

    /** Whether the log that is being written has no records yet; buffered ones do not count. */
    public boolean isEmpty() {
        return log.length() == RedoLog.HEADER;
    }

    /** Length of the log that is being written, in bytes. */
    public long length() {
        return log.length();
    }

    /** @throws IllegalStateException if the log or the store has failed, so that no more writes are possible */
    public void checkUsable() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException(
                    "The store has failed and takes no more writes until the server is started again: "
                            + cause.getMessage(),
                    cause);
        }
    }

    public boolean hasFailed() {
        return failure != null;
    }

    /** Refuses all further writes. Only the first cause is kept. */
    public void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Makes all changes durable that were recorded before the call. */
    public void commit() {
        lock.lock();
        try {
            checkUsable();
            log.append(cut());
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer cut() {
        gate.lock();
        try {
            return buffer.cut();
        } finally {
            gate.unlock();
        }
    }

    /**
     * Starts a new log. All earlier records are durable before the snapshot is taken. Otherwise a replay of older
     * records would revert pages that are already on the disk.
     *
     * @param snapshot gets the number of the new log; runs while the gate is held
     */
    public void rotate(LongConsumer snapshot) {
        checkUsable();
        RedoLog next = logs.create(log.number() + 1);
        commit(); // so that little is left to force while the gate is held
        lock.lock();
        try (RedoLog last = log) {
            gate.lock();
            try {
                last.append(buffer.cutLast());
                log = next;
                snapshot.accept(next.number());
            } finally {
                gate.unlock();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private IllegalStateException failed(IOException e) {
        fail(LogFile.failure("Writing failed:", log.path(), e));
        return new IllegalStateException("Writing failed: " + log.path() + ": " + e.getMessage(), e);
    }

    /** Deletes all logs, once the store has all their changes. */
    public void deleteAll() {
        logs.deleteBefore(log.number() + 1);
    }

    /** Deletes the logs before the current one. */
    public void deleteOld() {
        logs.deleteBefore(log.number());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
