package io.simpleim.push;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one connection, bounded by their size. Thread-safe; calls nobody while it holds its lock.
 *
 * <p>Invariants: at most one caller is sending at any time: the one that was told {@link Verdict#SEND} or got a frame
 * from {@link #next}, until {@code next} gives it null. Frames leave in the order in which they were offered. Once
 * closed, nothing is accepted and nothing leaves.
 */
final class OutboundQueue {
    /** What the caller of {@link #offer} has to do. */
    enum Verdict {
        /** The frame waits and nobody is sending: take frames from {@link #next} and send them. */
        SEND,
        /** The frame waits; whoever is sending will take it. */
        WAIT,
        /** The frame is over the bound: the client reads too slowly. */
        OVERFLOW,
        /** The queue takes nothing any more. */
        CLOSED
    }

    private enum State {
        OPEN,
        FINISHING,
        CLOSED
    }

    private final long maxChars;

    // All guarded by this.
    private final Deque<String> frames = new ArrayDeque<>();
    private long waitingChars;
    private boolean sending;
    private State state = State.OPEN;

    /** @param maxBytes the bound; the heap holds a character in one byte (Latin) or two, we count as if in one */
    OutboundQueue(long maxBytes) {
        this.maxChars = maxBytes;
    }

    synchronized Verdict offer(String frame) {
        if (state != State.OPEN) {
            return Verdict.CLOSED;
        }
        // A single frame always fits, however large: the bound is about clients that do not read.
        if (!frames.isEmpty() && waitingChars + frame.length() > maxChars) {
            return Verdict.OVERFLOW;
        }
        return add(frame);
    }

    /** Drops what waits, takes one more frame and then no other: whoever is to go does not get the rest first. */
    synchronized Verdict finish(String lastFrame) {
        if (state != State.OPEN) {
            return Verdict.CLOSED;
        }
        state = State.FINISHING;
        frames.clear();
        waitingChars = 0;
        return add(lastFrame);
    }

    /** The next frame to send; null if there is none, and the caller is not the sender any more. */
    synchronized @Nullable String next() {
        String frame = frames.poll();
        if (frame == null) {
            sending = false;
            return null;
        }
        waitingChars -= frame.length();
        return frame;
    }

    /** Drops what waits. */
    synchronized void close() {
        state = State.CLOSED;
        frames.clear();
        waitingChars = 0;
    }

    /** Whether the last frame, announced with {@link #finish}, has left. */
    synchronized boolean isFinished() {
        return state == State.FINISHING && frames.isEmpty() && !sending;
    }

    private Verdict add(String frame) {
        frames.add(frame);
        waitingChars += frame.length();
        if (sending) {
            return Verdict.WAIT;
        }
        sending = true;
        return Verdict.SEND;
    }
}
