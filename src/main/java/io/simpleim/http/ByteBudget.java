package io.simpleim.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may be held at a time for clients that send or read slowly. While it lasts, no number of them fills the
 * heap. Thread-safe.
 */
public final class ByteBudget {
    /** So many have to be slow at a time before others are refused. */
    private static final int SHARES = 8;

    private final AtomicLong left;
    private final long share;
    private final Map<String, Long> shares = new ConcurrentHashMap<>();

    /** @param bytes in all */
    public ByteBudget(long bytes) {
        left = new AtomicLong(bytes);
        share = bytes / SHARES;
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

    /** As {@link #take(long)}, for one of many, who gets no more than a share of all. */
    public boolean take(String who, long bytes) {
        long held = shares.merge(who, bytes, Long::sum);
        if (held <= share && take(bytes)) {
            return true;
        }
        forget(who, bytes);
        return false;
    }

    /** Gives back what was taken for one. */
    public void give(String who, long bytes) {
        give(bytes);
        forget(who, bytes);
    }

    private void forget(String who, long bytes) {
        shares.computeIfPresent(who, (same, held) -> held == bytes ? null : Long.valueOf(held - bytes));
    }

    /** What is left, in bytes. */
    public long left() {
        return left.get();
    }
}
