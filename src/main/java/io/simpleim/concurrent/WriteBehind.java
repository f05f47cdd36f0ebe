package io.simpleim.concurrent;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A buffer of derived data that is written later, in batches. A flush swaps the buffer for an empty one and writes it; if
 * the write fails, the data is merged back. Thread-safe.
 *
 * <p>Data that is being written stays visible to {@link #read} until the store has it. So a reader that reads this buffer
 * first and the store second misses nothing. A crash loses the buffer.
 *
 * @param <B> the buffer, a mutable type that need not be thread-safe: it is only used under this object's lock, except by
 *     the writer, which must not change it
 */
public final class WriteBehind<B> {
    private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);

    private final String description;
    private final Supplier<B> newBuffer;
    private final BiConsumer<B, B> merge;
    private final Consumer<B> writer;

    /** Held for a whole flush, so that flushes never overlap. Lock order: this lock first, then {@code this}. */
    private final Object flushLock = new Object();

    // Guarded by this.
    private B pending;
    private B writing;

    /**
     * @param description names the data in log lines, such as "room heads"
     * @param newBuffer creates an empty buffer
     * @param merge adds the second buffer, which is older, to the first; must not fail
     * @param writer writes a buffer to the store, without the lock; if it throws, the data is written with the next flush
     */
    public WriteBehind(String description, Supplier<B> newBuffer, BiConsumer<B, B> merge, Consumer<B> writer) {
        this.description = description;
        this.newBuffer = newBuffer;
        this.merge = merge;
        this.writer = writer;
        this.pending = newBuffer.get();
        this.writing = newBuffer.get();
    }

    /** Changes the pending data, under the lock: the change must be short and must not block. */
    public synchronized void update(Consumer<B> change) {
        change.accept(pending);
    }

    /**
     * Reads the data that the store may not have yet, under the lock.
     *
     * @param reader gets the data that is being written and the newer data that is pending; must not keep either of them
     */
    public synchronized <R> R read(BiFunction<B, B, R> reader) {
        return reader.apply(writing, pending);
    }

    /**
     * Writes all pending data; blocks until it is written. Exceptions of the writer are logged, and the data stays pending.
     */
    public void flush() {
        flush((taken, kept) -> {});
    }

    /**
     * Like {@link #flush()}, but keeps some of the data back for a later flush.
     *
     * @param keepBack moves data that is not due from the first buffer to the second, under the lock; must not fail
     */
    public void flush(BiConsumer<B, B> keepBack) {
        synchronized (flushLock) {
            B taken = take(keepBack);
            boolean isWritten = false;
            try {
                writer.accept(taken);
                isWritten = true;
            } catch (RuntimeException e) {
                log.warn("Could not write {}, will try again: {}", description, e.getMessage());
            } finally {
                finish(taken, isWritten);
            }
        }
    }

    private synchronized B take(BiConsumer<B, B> keepBack) {
        writing = pending;
        pending = newBuffer.get();
        keepBack.accept(writing, pending);
        return writing;
    }

    private synchronized void finish(B taken, boolean isWritten) {
        if (!isWritten) {
            merge.accept(pending, taken);
        }
        writing = newBuffer.get();
    }
}
