package io.simpleim.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been written to one connection and not been taken note of yet: for each room the numbers, in a row. Numbers
 * behind a jump are left out: who has not got what lies between has not got all up to there. Thread-safe.
 */
final class Receipts {
    // Guarded by this.
    private Map<String, Range> byRoom = Map.of();

    private static final class Range {
        private final long first;
        private long last;

        Range(long first, long last) {
            this.first = first;
            this.last = last;
        }
    }

    /** Notes frames that were written, in their order; true if nothing was noted before. */
    synchronized boolean add(List<Frame> frames) {
        boolean wasEmpty = byRoom.isEmpty();
        for (Frame frame : frames) {
            if (frame.roomId() != null) {
                add(frame.roomId(), frame);
            }
        }
        return wasEmpty && !byRoom.isEmpty();
    }

    private void add(String roomId, Frame frame) {
        if (byRoom.isEmpty()) {
            byRoom = new HashMap<>(2);
        }
        Range range = byRoom.get(roomId);
        if (range == null) {
            byRoom.put(roomId, new Range(frame.firstSeq(), frame.seq()));
        } else if (frame.firstSeq() <= range.last + 1) {
            range.last = Math.max(range.last, frame.seq());
        }
    }

    /** Takes what has been noted, and forgets it. */
    synchronized List<Receipt> take(String userId) {
        List<Receipt> taken = new ArrayList<>(byRoom.size());
        byRoom.forEach((roomId, range) -> taken.add(new Receipt(userId, roomId, range.first, range.last)));
        byRoom = Map.of();
        return taken;
    }
}
