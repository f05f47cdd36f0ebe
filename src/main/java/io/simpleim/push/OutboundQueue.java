package io.simpleim.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The frames that wait for one connection, bounded by their size and by their age. Thread-safe; calls nobody while it
 * holds its lock, the clock aside.
 *
 * <p>Invariants: at most one caller is sending at any time: the one that was told {@link Verdict#SEND} or got frames from
 * {@link #next}, until {@code next} gives it none. Frames leave in the order in which they were offered. Once closed,
 * nothing is accepted and nothing leaves.
 */
final class OutboundQueue {
    /** What the caller of {@link #offer} has to do. */
    enum Verdict {
        /** The frames wait and nobody is sending: take them from {@link #next} and send them. */
        SEND,
        /** The frames wait; whoever is sending will take them. */
        WAIT,
        /** The frames are over the bound: the client reads too slowly. */
        OVERFLOW,
        /** The queue takes nothing any more. */
        CLOSED
    }

    private enum State {
        OPEN,
        FINISHING,
        CLOSED
    }

    /** What is sent at once: enough that the price of a write to the network hardly counts. */
    private static final int MAX_BATCH_FRAMES = 64;

    private static final int MAX_BATCH_BYTES = 64 * 1024;
    /** Idle connections are many: each waits with the smallest array there is. */
    private static final int INITIAL_CAPACITY = 1;

    private final long maxBytes;
    private final long maxAgeNanos;
    private final LongSupplier nanoTime;

    // All guarded by this.
    private final Deque<Waiting> waiting = new ArrayDeque<>(INITIAL_CAPACITY);
    private long waitingBytes;
    private boolean sending;
    private State state = State.OPEN;

    private record Waiting(Frame frame, long sinceNanos) {}

    /**
     * @param maxBytes how much may wait, in bytes of UTF-8
     * @param maxAgeNanos how long a frame may have waited when another one comes
     * @param nanoTime as {@link System#nanoTime()}
     */
    OutboundQueue(long maxBytes, long maxAgeNanos, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.maxAgeNanos = maxAgeNanos;
        this.nanoTime = nanoTime;
    }

    /** Takes frames, all or none. */
    synchronized Verdict offer(List<Frame> frames) {
        if (state != State.OPEN) {
            return Verdict.CLOSED;
        }
        long size = 0;
        for (Frame frame : frames) {
            size += frame.size();
        }
        long now = nanoTime.getAsLong();
        // What is offered to an empty queue always fits: the bound is about clients that do not read.
        if (!waiting.isEmpty() && (waitingBytes + size > maxBytes || isStale(now))) {
            return Verdict.OVERFLOW;
        }
        frames.forEach(frame -> waiting.add(new Waiting(frame, now)));
        waitingBytes += size;
        return verdict();
    }

    /** Drops what waits, takes one more frame and then no other: whoever is to go does not get the rest first. */
    synchronized Verdict finish(Frame lastFrame) {
        if (state != State.OPEN) {
            return Verdict.CLOSED;
        }
        state = State.FINISHING;
        clear();
        waiting.add(new Waiting(lastFrame, nanoTime.getAsLong()));
        waitingBytes = lastFrame.size();
        return verdict();
    }

    /** Takes no more frames; what waits still leaves. */
    synchronized void finish() {
        if (state == State.OPEN) {
            state = State.FINISHING;
        }
    }

    /** Makes the caller the sender without a frame, to send something of another kind; false if somebody is sending. */
    synchronized boolean begin() {
        if (sending || state != State.OPEN) {
            return false;
        }
        sending = true;
        return true;
    }

    /** The next frames to send together; empty if there are none, and the caller is not the sender any more. */
    synchronized List<Frame> next() {
        if (waiting.isEmpty()) {
            sending = false;
            return List.of();
        }
        List<Frame> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH_FRAMES));
        long size = 0;
        do {
            Frame frame = waiting.remove().frame();
            batch.add(frame);
            size += frame.size();
        } while (!waiting.isEmpty() && batch.size() < MAX_BATCH_FRAMES && size < MAX_BATCH_BYTES);
        waitingBytes -= size;
        return batch;
    }

    /** Drops what waits. */
    synchronized void close() {
        state = State.CLOSED;
        clear();
    }

    /** How much waits, in bytes of UTF-8; what is being sent aside. */
    synchronized long waitingBytes() {
        return waitingBytes;
    }

    synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether no frame is taken any more, and the last one has left. */
    synchronized boolean isFinished() {
        return state == State.FINISHING && waiting.isEmpty() && !sending;
    }

    /** Whether nothing waits and nobody is sending, now. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && !sending;
    }

    /** Whether a frame has waited longer than any may, now. */
    synchronized boolean isStalled() {
        return !waiting.isEmpty() && isStale(nanoTime.getAsLong());
    }

    private boolean isStale(long now) {
        return now - waiting.element().sinceNanos() > maxAgeNanos;
    }

    private void clear() {
        waiting.clear();
        waitingBytes = 0;
    }

    private Verdict verdict() {
        if (sending) {
            return Verdict.WAIT;
        }
        sending = true;
        return Verdict.SEND;
    }
}
