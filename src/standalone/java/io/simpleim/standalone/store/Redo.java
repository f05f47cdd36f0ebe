package io.simpleim.standalone.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The log that is being written. With the lock of this class, everything that was ever cut from the buffer is on the
 * disk, or the log has failed. Then it stays so: what a failed force has left on the disk is not known, and a later one
 * that succeeds says nothing about it.
 *
 * <p>Thread-safe. Lock order: this lock, then the gate of the store.
 */
final class Redo implements AutoCloseable {
    private final RedoLogs logs;
    private final RedoBuffer buffer = new RedoBuffer();
    private final Lock lock = new ReentrantLock();
    /** No command is between two of its changes while this is held. */
    private final Lock gate;

    /** Written under the lock. */
    private volatile RedoLog log;

    private volatile @Nullable Throwable failure;

    Redo(RedoLogs logs, RedoLog log, Lock gate) {
        this.logs = logs;
        this.log = log;
        this.gate = gate;
    }

    RedoBuffer buffer() {
        return buffer;
    }

    /** Bytes in the log that is being written. */
    long length() {
        return log.length();
    }

    /** @throws IllegalStateException if the log or the store has failed, and nothing may be written any more */
    void checkUsable() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException(
                    "The store has failed and takes no more writes until the server is started again: "
                            + cause.getMessage(),
                    cause);
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Nothing may be written any more. */
    void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Makes durable what was noted before the call. */
    void commit() {
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
     * Goes on in another log. All before it is durable when the snapshot is taken: pages on the disk whose records are
     * not would be changed back by the replay of older ones.
     *
     * @param snapshot given the number of the new log; runs with the gate closed
     */
    void rotate(LongConsumer snapshot) {
        checkUsable();
        RedoLog next = logs.create(log.number() + 1);
        commit(); // so that little is left to force while the gate is closed
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

    /** Forgets the logs: the store has it all. */
    void deleteAll() {
        logs.deleteBefore(log.number() + 1);
    }

    void deleteOld() {
        logs.deleteBefore(log.number());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
