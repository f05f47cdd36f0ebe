package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.ByteBudget;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a body as they arrive. Bytes over the limit are counted and dropped. Belongs to one thread at a time.
 *
 * <p>Memory is taken from a budget that all requests share, as bytes arrive and not as they are announced, so an
 * announcement alone costs nothing. A small body takes nothing from the budget, since it needs less memory than its
 * connection. So slow clients that use up the budget do not lock out clients with small bodies.
 */
final class IncomingBody {
    private static final byte[] EMPTY = {};
    private static final int INITIAL_CAPACITY = 1024;
    /** Bytes that a body may hold without taking from the budget. */
    private static final int FREE_CAPACITY = 4096;

    /** Read beyond the limit, for clients that read the response only after they have sent their whole body. */
    private static final long MAX_DROPPED_BYTES = 2L << 20;

    private final int maxKept;
    private final int maxBodyBytes;
    private final long timeoutNanos;
    private final ByteBudget budget;
    private final long start = System.nanoTime();
    private byte[] bytes = EMPTY;
    private int kept;
    private int budgeted;
    private long dropped;
    private boolean isOverBudget;

    /**
     * @param isWanted whether the body is kept at all
     * @param maxBodyBytes {@code [limits] maxBodyBytes}
     * @param timeoutNanos {@code [limits] bodySeconds}
     */
    IncomingBody(boolean isWanted, int maxBodyBytes, long timeoutNanos, ByteBudget budget) {
        this.maxKept = isWanted ? maxBodyBytes : 0;
        this.maxBodyBytes = maxBodyBytes;
        this.timeoutNanos = timeoutNanos;
        this.budget = budget;
    }

    /** Adds the first {@code length} bytes of a part. */
    void add(byte[] part, int length) {
        int wanted = Math.min(length, maxKept - kept);
        int fitting = ensureCapacity(kept + wanted) ? wanted : 0;
        System.arraycopy(part, 0, bytes, kept, fitting);
        kept += fitting;
        dropped += length - fitting;
    }

    private boolean ensureCapacity(int needed) {
        if (needed <= bytes.length) {
            return true;
        }
        int capacity = capacityFor(needed);
        if (needed > FREE_CAPACITY) {
            if (isOverBudget || !budget.tryAcquire(capacity - budgeted)) {
                isOverBudget = true;
                return false;
            }
            budgeted = capacity;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    private int capacityFor(int needed) {
        if (needed <= FREE_CAPACITY) {
            return Math.min(maxKept, needed <= INITIAL_CAPACITY ? INITIAL_CAPACITY : FREE_CAPACITY);
        }
        return (int) Math.min(maxKept, Math.max(needed, 2L * bytes.length));
    }

    /** The bytes that were kept. */
    byte[] toArray() {
        return kept == bytes.length ? bytes : Arrays.copyOf(bytes, kept);
    }

    /** Whether bytes of a wanted body were dropped. */
    boolean isTooLarge() {
        return maxKept > 0 && dropped > 0;
    }

    /** The reason to stop reading before the end: too many bytes, or too much time. */
    Optional<RequestRejected> reasonToStop() {
        if (dropped > maxBodyBytes + MAX_DROPPED_BYTES) {
            return Optional.of(tooLarge());
        }
        return System.nanoTime() - start > timeoutNanos
                ? Optional.of(RequestRejected.because(ApiError.MALFORMED_BODY).by(Limit.BODY_SECONDS))
                : Optional.empty();
    }

    static RequestRejected tooLarge() {
        return RequestRejected.because(ApiError.TOO_LARGE).by(Limit.MAX_BODY_BYTES);
    }

    /** Whether bytes were dropped because the budget was used up. */
    boolean isOverBudget() {
        return isOverBudget;
    }

    /** Drops all bytes and returns their memory to the budget. */
    void release() {
        budget.release(budgeted);
        budgeted = 0;
        bytes = EMPTY;
        kept = 0;
    }
}
