package io.simpleim.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may be held at a time for clients that send or read slowly. While it lasts, no number of them fills the
 * heap. Thread-safe.
 */
public final class ByteBudget {
    private final AtomicLong left;

    /** @param bytes in all */
    public ByteBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** An eighth of what the heap can become. */
    public static ByteBudget ofHeap() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / Byte.SIZE);
    }

    /** Takes some bytes; false, and nothing taken, if there are not so many left. */
    public boolean take(long bytes) {
        long before = left.getAndUpdate(has -> has < bytes ? has : has - bytes);
        return before >= bytes;
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
        left.addAndGet(bytes);
    }

    /** What is left, in bytes. */
    public long left() {
        return left.get();
    }
}
