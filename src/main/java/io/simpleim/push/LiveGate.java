package io.simpleim.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds back what is pushed live to a connection while its user is sent what was missed, so that each room's messages
 * come in their order. Bounded: what is too much is not held but remembered as missed, and is fetched like the rest.
 * Thread-safe; under its lock it only calls the consumer that {@link #open} is given.
 */
final class LiveGate {
    private final long maxBytes;

    // Guarded by this.
    private final List<Frame> held = new ArrayList<>();
    /** Rooms of messages that were not held, with the first number of those. */
    private final Map<String, Long> missed = new HashMap<>();

    private long heldBytes;
    private boolean open;

    LiveGate(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes frames to be pushed later; false if the gate is open: then they are to be pushed by the caller. */
    synchronized boolean hold(List<Frame> frames) {
        if (open) {
            return false;
        }
        for (Frame frame : frames) {
            hold(frame);
        }
        return true;
    }

    private void hold(Frame frame) {
        held.add(frame);
        heldBytes += frame.size();
        if (heldBytes > maxBytes) {
            held.forEach(this::miss);
            held.clear();
            heldBytes = 0;
        }
    }

    /** An event that is not held is lost: none is a promise. */
    private void miss(Frame frame) {
        if (frame.roomId() != null) {
            missed.merge(frame.roomId(), frame.firstSeq(), Math::min);
        }
    }

    /**
     * Opens the gate, unless messages were missed: then these are to be fetched first.
     *
     * @param sentUpTo the last number of each room that was sent meanwhile; what is held up to there is dropped
     * @param live takes what was held, in its order
     * @return the rooms of which messages were missed, with the first number of those; empty if the gate is open now
     */
    synchronized Map<String, Long> open(Map<String, Long> sentUpTo, Consumer<List<Frame>> live) {
        if (!missed.isEmpty()) {
            Map<String, Long> toFetch = Map.copyOf(missed);
            missed.clear();
            return toFetch;
        }
        List<Frame> rest = held.stream()
                .filter(frame -> frame.roomId() == null || frame.seq() > sentUpTo.getOrDefault(frame.roomId(), 0L))
                .toList();
        if (!rest.isEmpty()) {
            live.accept(rest);
        }
        held.clear();
        open = true;
        return Map.of();
    }
}
