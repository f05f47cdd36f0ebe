package io.simpleim.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the numbers that were written to one connection, as one contiguous range per stream. Numbers after a jump
 * are left out: a cursor may not pass messages that the client does not have. Thread-safe; calls no listener while it
 * holds its lock.
 */
final class Receipts {
    /** Guarded by this. A mutable map from the first entry on. */
    private Map<StreamKey, Range> byStream = Map.of();

    private static final class Range {
        private final long first;
        private long last;

        Range(long first, long last) {
            this.first = first;
            this.last = last;
        }
    }

    /** Adds frames that were written, in order; true if there was nothing to take before and there is now. */
    synchronized boolean add(List<Frame> frames) {
        boolean wasEmpty = byStream.isEmpty();
        for (Frame frame : frames) {
            Place place = frame.place();
            if (place != null) {
                add(place);
            }
        }
        return wasEmpty && !byStream.isEmpty();
    }

    private void add(Place place) {
        if (byStream.isEmpty()) {
            byStream = new HashMap<>(2);
        }
        Range range = byStream.get(place.stream());
        if (range == null) {
            byStream.put(place.stream(), new Range(place.first(), place.last()));
        } else if (place.first() <= range.last + 1) {
            range.last = Math.max(range.last, place.last());
        }
    }

    /** Removes and returns what was added. */
    synchronized List<Receipt> take(String userId) {
        List<Receipt> taken = new ArrayList<>(byStream.size());
        byStream.forEach((stream, range) -> taken.add(new Receipt(userId, stream, range.first, range.last)));
        byStream = Map.of();
        return taken;
    }
}
