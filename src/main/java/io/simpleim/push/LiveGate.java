package io.simpleim.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds back live pushes to a connection while the backlog is sent to it, so that each stream stays in order. Bounded:
 * frames that exceed the limit are dropped, and their numbers are fetched from the store like the backlog.
 *
 * <p>Thread-safe. Under its lock it calls only the consumer that {@link #tryOpen} is given.
 */
final class LiveGate {
    private final long maxBytes;

    // All guarded by this.
    private final List<Frame> held = new ArrayList<>();
    private final Map<StreamKey, Long> firstDropped = new HashMap<>();
    private long heldBytes;
    private boolean open;

    /** @param maxBytes the limit of the held frames, in bytes of UTF-8 */
    LiveGate(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the frames to push now: all of them if the gate is open; none if it is closed, since it then holds them.
     */
    synchronized List<Frame> admit(List<Frame> frames) {
        if (open) {
            return frames;
        }
        frames.forEach(this::hold);
        return List.of();
    }

    synchronized boolean isOpen() {
        return open;
    }

    private void hold(Frame frame) {
        held.add(frame);
        heldBytes += frame.size();
        if (heldBytes > maxBytes) {
            held.forEach(this::noteDropped);
            held.clear();
            heldBytes = 0;
        }
    }

    /** A frame without a place is lost: events are not guaranteed. */
    private void noteDropped(Frame frame) {
        Place place = frame.place();
        if (place != null) {
            firstDropped.merge(place.stream(), place.first(), Math::min);
        }
    }

    /**
     * Opens the gate, unless frames were dropped: these have to be fetched first.
     *
     * @param live takes the held frames, in order; called under the lock
     * @return the first dropped number of each stream since the last call; empty if the gate is open now
     */
    synchronized Map<StreamKey, Long> tryOpen(Consumer<List<Frame>> live) {
        if (!firstDropped.isEmpty()) {
            Map<StreamKey, Long> toFetch = Map.copyOf(firstDropped);
            firstDropped.clear();
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
