package io.simpleim.http;

import io.simpleim.concurrent.KeyedPermits;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that the server holds for clients that send or read slowly, so that they cannot exhaust the heap.
 * Thread-safe.
 */
public final class ByteBudget {
    /** At least this many keys must use their full share before others are refused. */
    private static final int SHARES = 8;

    private static final int HEAP_FRACTION = 8;

    private final AtomicLong available;
    private final KeyedPermits shares;

    /** @param bytes the total; one key gets at most an eighth of it */
    public ByteBudget(long bytes) {
        available = new AtomicLong(bytes);
        shares = new KeyedPermits(bytes / SHARES);
    }

    /** A budget of one eighth of the maximum heap size. */
    public static ByteBudget ofHeap() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / HEAP_FRACTION);
    }

    /** Takes bytes from the budget; false, and nothing is taken, if fewer are available. */
    public boolean tryAcquire(long bytes) {
        long before = available.getAndUpdate(left -> left < bytes ? left : left - bytes);
        return before >= bytes;
    }

    /** Returns bytes to the budget. */
    public void release(long bytes) {
        available.addAndGet(bytes);
    }

    /**
     * Takes bytes for one of several clients.
     *
     * @param key identifies the client, which gets one eighth of the budget at most
     * @param bytes a positive number
     * @return false if the client's share or the budget has too little left; then nothing is taken
     */
    public boolean tryAcquire(String key, long bytes) {
        if (!shares.tryAcquire(key, bytes)) {
            return false;
        }
        if (!tryAcquire(bytes)) {
            shares.release(key, bytes);
            return false;
        }
        return true;
    }

    /** Returns bytes that were taken for a client. */
    public void release(String key, long bytes) {
        release(bytes);
        shares.release(key, bytes);
    }

    /** The bytes that can still be taken. */
    public long available() {
        return available.get();
    }
}
