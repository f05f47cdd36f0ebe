package io.simpleim.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which refusals are written, so that nobody can fill the disk or wash out what was written before by having itself
 * refused. Of refusals that are alike the first is written, and then in each minute how many were left out; of one error no
 * more than {@link #MOST_KINDS} kinds have lines of their own, whatever number of addresses an attacker has. What is beyond
 * is counted by the error alone. Thread-safe; what it remembers is bounded by the same numbers.
 */
final class RefusalThrottle {
    static final int MOST_KINDS = 20;
    private static final long MINUTE = 60_000;

    /** Those that are alike; without address and path all those of an error that had no line of their own. */
    record Kind(
            String error,
            @Nullable String reason,
            @Nullable String address,
            @Nullable String path) {
        static Kind others(String error) {
            return new Kind(error, null, null, null);
        }
    }

    /** Writes how many of a kind were left out. */
    @FunctionalInterface
    interface Summary {
        void write(Kind kind, long count);
    }

    private final Summary summary;

    /** How many of each kind were left out since its last line. Guarded by this. */
    private Map<Kind, Long> leftOut = new LinkedHashMap<>();

    /** How many kinds of each error have had a line in this minute. Guarded by this. */
    private final Map<String, Integer> kinds = new HashMap<>();

    /** Milliseconds. Guarded by this. */
    private long minuteBegan;

    RefusalThrottle(Summary summary, long now) {
        this.summary = summary;
        this.minuteBegan = now;
    }

    /** Whether a refusal is to be written; else it is counted. */
    synchronized boolean isWritten(Kind kind, long now) {
        pass(now);
        if (leftOut.containsKey(kind)) {
            leftOut.merge(kind, 1L, Long::sum);
            return false;
        }
        if (kinds.merge(kind.error(), 1, Integer::sum) > MOST_KINDS) {
            leftOut.merge(Kind.others(kind.error()), 1L, Long::sum);
            return false;
        }
        leftOut.put(kind, 0L);
        return true;
    }

    /** Writes what was left out, if the minute is over. */
    synchronized void pass(long now) {
        // A clock that was set back is no reason to say nothing until it has caught up.
        if (now - minuteBegan >= MINUTE || now < minuteBegan) {
            write(now);
        }
    }

    /** Writes what was left out, and begins a minute. */
    synchronized void write(long now) {
        Map<Kind, Long> before = leftOut;
        leftOut = new LinkedHashMap<>();
        kinds.clear();
        minuteBegan = now;
        before.forEach((kind, count) -> {
            if (count > 0) {
                // It has had its line of this minute, too.
                leftOut.put(kind, 0L);
                kinds.merge(kind.error(), 1, Integer::sum);
                summary.write(kind, count);
            }
        });
    }
}
