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

    /** Takes frames that come live, or gives them back: then the gate is open, and the caller has to push them. */
    synchronized List<Frame> pass(List<Frame> frames) {
        if (open) {
            return frames;
        }
        frames.forEach(this::hold);
        return List.of();
    }

    /** Whether it lets everything through from now on. */
    synchronized boolean isOpen() {
        return open;
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
     * @param live takes what was held, in its order
     * @return the rooms of which messages were missed, with the first number of those; empty if the gate is open now
     */
    synchronized Map<String, Long> open(Consumer<List<Frame>> live) {
        if (!missed.isEmpty()) {
            Map<String, Long> toFetch = Map.copyOf(missed);
            missed.clear();
            return toFetch;
        }
        if (!held.isEmpty()) {
            live.accept(List.copyOf(held));
        }
        held.clear();
        open = true;
        return Map.of();
    }
}
