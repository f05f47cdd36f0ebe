package io.simpleim.concurrent;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A buffer of derived data that is written later, in batches: merge, swap, flush, put back on failure. Thread-safe.
 *
 * <p>What is being written stays visible to {@link #read} until the store has it. So a reader that asks this class first and
 * the store second misses nothing. A crash loses the buffer.
 *
 * @param <B> the buffer, a mutable type that is not thread-safe; it is only touched under this class's lock, except by
 *     the writer, which must not change it
 */
public final class WriteBehind<B> {
    private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);

    private final String description;
    private final Supplier<B> newBuffer;
    private final BiConsumer<B, B> merge;
    private final Consumer<B> writer;

    /** Held for a whole flush, so that two never overlap; taken before this. */
    private final Object flushLock = new Object();

    // Guarded by this.
    private B pending;
    private B writing;

    /**
     * @param description names the data in log lines, such as "room heads"
     * @param newBuffer makes an empty buffer
     * @param merge adds the second buffer, which is older, to the first; must not fail
     * @param writer writes a buffer to the store; may throw, and then the data is written with the next flush
     */
    public WriteBehind(String description, Supplier<B> newBuffer, BiConsumer<B, B> merge, Consumer<B> writer) {
        this.description = description;
        this.newBuffer = newBuffer;
        this.merge = merge;
        this.writer = writer;
        this.pending = newBuffer.get();
        this.writing = newBuffer.get();
    }

    /** Changes the pending data. */
    public synchronized void update(Consumer<B> change) {
        change.accept(pending);
    }

    /** Reads what the store may not have yet: the data that is being written, and the newer data that is pending. */
    public synchronized <R> R read(BiFunction<B, B, R> reader) {
        return reader.apply(writing, pending);
    }

    /** Writes all pending data. Never throws: a failure is logged, and the data stays pending. */
    public void flush() {
        flush((taken, kept) -> {});
    }

    /**
     * Writes pending data, except what is kept back.
     *
     * @param keepBack moves what is not due from the first buffer to the second
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
