package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.ByteBudget;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a body as they come in. Those over the limit are counted and dropped. Belongs to one thread at a time.
 *
 * <p>Room for bytes is taken from a budget that all requests share as they come, and not as they are announced: who only
 * announces costs nothing. A small body needs none, being less than what its connection costs in any case: so whoever
 * uses the budget up with slow bodies does not keep everybody else out.
 */
final class IncomingBody {
    private static final byte[] NOTHING = {};
    private static final int FIRST_ROOM = 1024;
    private static final int FREE_ROOM = 4096;

    /** What is read on after the limit, so that a client that looks for the answer only when it has sent all gets it. */
    private static final long MOST_DROPPED = 2L << 20;

    private final int most;
    private final int maxBodyBytes;
    private final long withinNanos;
    private final ByteBudget budget;
    private final long start = System.nanoTime();
    private byte[] bytes = NOTHING;
    private int kept;
    private int taken;
    private long dropped;
    private boolean overBudget;

    /**
     * @param isOfInterest whether anything is kept at all
     * @param maxBodyBytes {@code [limits] maxBodyBytes}
     * @param withinNanos {@code [limits] bodySeconds}
     */
    IncomingBody(boolean isOfInterest, int maxBodyBytes, long withinNanos, ByteBudget budget) {
        this.most = isOfInterest ? maxBodyBytes : 0;
        this.maxBodyBytes = maxBodyBytes;
        this.withinNanos = withinNanos;
        this.budget = budget;
    }

    void add(byte[] part, int length) {
        int wanted = Math.min(length, most - kept);
        int fitting = makeRoom(kept + wanted) ? wanted : 0;
        System.arraycopy(part, 0, bytes, kept, fitting);
        kept += fitting;
        dropped += length - fitting;
    }

    private boolean makeRoom(int needed) {
        if (needed <= bytes.length) {
            return true;
        }
        int room = roomFor(needed);
        if (needed > FREE_ROOM) {
            if (overBudget || !budget.tryAcquire(room - taken)) {
                overBudget = true;
                return false;
            }
            taken = room;
        }
        bytes = Arrays.copyOf(bytes, room);
        return true;
    }

    private int roomFor(int needed) {
        if (needed <= FREE_ROOM) {
            return Math.min(most, needed <= FIRST_ROOM ? FIRST_ROOM : FREE_ROOM);
        }
        return (int) Math.min(most, Math.max(needed, 2L * bytes.length));
    }

    /** All that was kept. */
    byte[] toArray() {
        return kept == bytes.length ? bytes : Arrays.copyOf(bytes, kept);
    }

    /** Whether it was of interest, and more than may be kept. */
    boolean isTooLarge() {
        return most > 0 && dropped > 0;
    }

    /** Why to read on no more, though there is more to come. */
    Optional<RequestRejected> reasonToStop() {
        if (dropped > maxBodyBytes + MOST_DROPPED) {
            return Optional.of(tooLarge());
        }
        return System.nanoTime() - start > withinNanos
                ? Optional.of(RequestRejected.because(ApiError.MALFORMED_BODY).by(Limit.BODY_SECONDS))
                : Optional.empty();
    }

    static RequestRejected tooLarge() {
        return RequestRejected.because(ApiError.TOO_LARGE).by(Limit.MAX_BODY_BYTES);
    }

    /** Whether something was dropped for want of room, and not because there was too much of it. */
    boolean isOverBudget() {
        return overBudget;
    }

    /** Gives the room back; nothing is kept any more. */
    void release() {
        budget.release(taken);
        taken = 0;
        bytes = NOTHING;
        kept = 0;
    }
}
