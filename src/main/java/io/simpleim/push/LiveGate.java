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

    /** Once it is open: rooms of which messages were sent that may still be pushed, with the last number of those. */
    private final Map<String, Long> sentUpTo = new HashMap<>();

    private long heldBytes;
    private boolean open;

    LiveGate(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes frames; gives those that the caller has to push now: none while the gate is closed. */
    synchronized List<Frame> pass(List<Frame> frames) {
        if (!open) {
            frames.forEach(this::hold);
            return List.of();
        }
        return frames.stream().filter(this::isNews).toList();
    }

    /** Whether something is held back, or may have to be. */
    synchronized boolean isNeeded() {
        return !open || !sentUpTo.isEmpty();
    }

    /**
     * Whether a frame has not been sent from the store. A message may be found there before its push comes, and that may be
     * after the gate has opened; behind the first that is news in its room there is no other.
     */
    private boolean isNews(Frame frame) {
        Long upTo = frame.roomId() == null ? null : sentUpTo.get(frame.roomId());
        if (upTo == null) {
            return true;
        }
        if (frame.seq() <= upTo) {
            return false;
        }
        sentUpTo.remove(frame.roomId());
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
     * @param sent the last number of each room that was sent meanwhile; what is pushed up to there is dropped
     * @param live takes what was held, in its order
     * @return the rooms of which messages were missed, with the first number of those; empty if the gate is open now
     */
    synchronized Map<String, Long> open(Map<String, Long> sent, Consumer<List<Frame>> live) {
        if (!missed.isEmpty()) {
            Map<String, Long> toFetch = Map.copyOf(missed);
            missed.clear();
            return toFetch;
        }
        sentUpTo.putAll(sent);
        List<Frame> rest = held.stream().filter(this::isNews).toList();
        if (!rest.isEmpty()) {
            live.accept(rest);
        }
        held.clear();
        open = true;
        return Map.of();
    }
}
