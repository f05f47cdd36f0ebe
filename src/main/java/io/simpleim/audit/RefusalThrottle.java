package io.simpleim.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which refusals get a line, so that an attacker cannot fill the disk or displace older lines.
 *
 * <p>The first of several refusals that are alike is written; then a summary per minute counts the others. In each
 * minute, at most {@link #MAX_KINDS} kinds of one error have lines of their own, however many addresses an attacker
 * has; the rest is counted per error. Thread-safe; its memory is bounded by the same numbers. Writes summaries while it
 * holds its lock.
 */
final class RefusalThrottle {
    /** Maximum number of kinds of one error that have lines of their own in one minute. */
    static final int MAX_KINDS = 20;

    private static final long MINUTE_MILLIS = 60_000;

    /** Refusals that are alike. Without address and path: all refusals of an error beyond the maximum of kinds. */
    record Kind(
            String error,
            @Nullable String reason,
            @Nullable String address,
            @Nullable String path) {
        static Kind others(String error) {
            return new Kind(error, null, null, null);
        }
    }

    /** Writes the number of refusals of a kind that had no line. */
    @FunctionalInterface
    interface Summary {
        void write(Kind kind, long count);
    }

    private final Summary summary;

    /** The refusals of each kind since its last line. Guarded by this. */
    private Map<Kind, Long> leftOut = new LinkedHashMap<>();

    /** The number of kinds of each error that had a line in this minute. Guarded by this. */
    private final Map<String, Integer> kinds = new HashMap<>();

    /** Unix milliseconds. Guarded by this. */
    private long minuteStart;

    /** @param now Unix milliseconds, as in all methods */
    RefusalThrottle(Summary summary, long now) {
        this.summary = summary;
        this.minuteStart = now;
    }

    /** Whether a refusal gets a line of its own. Otherwise, it is counted. */
    synchronized boolean admit(Kind kind, long now) {
        summarizeIfDue(now);
        if (leftOut.containsKey(kind)) {
            leftOut.merge(kind, 1L, Long::sum);
            return false;
        }
        if (kinds.merge(kind.error(), 1, Integer::sum) > MAX_KINDS) {
            leftOut.merge(Kind.others(kind.error()), 1L, Long::sum);
            return false;
        }
        leftOut.put(kind, 0L);
        return true;
    }

    /** Writes the summaries if the minute is over. */
    synchronized void summarizeIfDue(long now) {
        // After a clock was set back, waiting for it to catch up could take hours.
        if (now - minuteStart >= MINUTE_MILLIS || now < minuteStart) {
            summarize(now);
        }
    }

    /** Writes the summaries and starts a new minute. */
    synchronized void summarize(long now) {
        Map<Kind, Long> before = leftOut;
        leftOut = new LinkedHashMap<>();
        kinds.clear();
        minuteStart = now;
        before.forEach((kind, count) -> {
            if (count > 0) {
                // The summary is the kind's line of the new minute.
                leftOut.put(kind, 0L);
                kinds.merge(kind.error(), 1, Integer::sum);
                summary.write(kind, count);
            }
        });
    }
}
