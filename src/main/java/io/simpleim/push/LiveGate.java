package io.simpleim.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Holds back what is pushed live to a connection while its user is sent what was missed, so that each room's messages
 * come in their order and once. Bounded: what is too much is not held but remembered as missed, and is fetched like the
 * rest. Thread-safe; under its lock it only calls the consumer that {@link #open} is given, and the clock.
 *
 * <p>A message is found in the store before it is pushed live. So for some time after the gate has opened, what was sent
 * already may still come live; it is let go.
 */
final class LiveGate {
    /** The longest that a message is on its way from the store to a connection. */
    private static final long LATEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final long maxBytes;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final List<Frame> held = new ArrayList<>();
    /** Rooms of messages that were not held, with the first number of those. */
    private final Map<String, Long> missed = new HashMap<>();

    /** Of each room, the last number that was sent when the gate opened and that has not come live. */
    private Map<String, Long> sent = Map.of();

    /** Messages that the connection itself sends while the gate is closed: in the store they look as if missed. */
    private final Set<String> own = new HashSet<>(2);

    private long heldBytes;
    private boolean open;
    private long openedNanos;

    /** @param nanoTime as {@link System#nanoTime()} */
    LiveGate(long maxBytes, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
    }

    /** Takes frames that come live; gives those of them that the caller has to push now. */
    synchronized List<Frame> pass(List<Frame> frames) {
        if (open) {
            return sent.isEmpty() ? frames : withoutSent(frames);
        }
        frames.forEach(this::hold);
        return List.of();
    }

    /** The connection is about to send a message. */
    synchronized void sends(String messageId) {
        if (!open) {
            own.add(messageId);
        }
    }

    /** Whether the connection itself has sent a message since it was opened. */
    synchronized boolean isOwn(String messageId) {
        return own.contains(messageId);
    }

    /** Whether it lets everything through from now on. */
    synchronized boolean isDone() {
        return open && (sent.isEmpty() || nanoTime.getAsLong() - openedNanos > LATEST_NANOS);
    }

    private List<Frame> withoutSent(List<Frame> frames) {
        List<Frame> fresh = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            if (frame.roomId() == null || frame.seq() > sent.getOrDefault(frame.roomId(), 0L)) {
                fresh.add(frame);
                // A room's messages come in order: none that was sent follows.
                sent.remove(frame.roomId());
            }
        }
        return fresh;
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
        sent = new HashMap<>(sentUpTo);
        List<Frame> rest = withoutSent(held);
        if (!rest.isEmpty()) {
            live.accept(rest);
        }
        held.clear();
        own.clear();
        open = true;
        openedNanos = nanoTime.getAsLong();
        return Map.of();
    }
}
