package io.simpleim.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The frames that wait for one connection, limited by their size and age. Thread-safe; calls only the clock under its
 * lock.
 *
 * <p>Invariants: there is at most one sender at any time. A caller becomes the sender by {@link Verdict#SEND} or {@link
 * #tryBecomeSender}, and stops being the sender when {@link #next} returns no frames. Frames leave in the order in
 * which they were offered. Once closed, the queue neither accepts nor returns frames.
 */
final class OutboundQueue {
    /** Tells the caller of {@link #offer} or {@link #finish(Frame)} what to do. */
    enum Verdict {
        /** The frames wait, and the caller is the sender: take them from {@link #next} and send them. */
        SEND,
        /** The frames wait, and another thread is the sender and will take them. */
        WAIT,
        /** The frames exceed a limit and were dropped: the client reads too slowly. */
        OVERFLOW,
        /** The queue takes no more frames. */
        CLOSED
    }

    private enum State {
        OPEN,
        FINISHING,
        CLOSED
    }

    /** Large enough that the cost of a network write per frame is small. */
    private static final int MAX_BATCH_FRAMES = 64;

    private static final int MAX_BATCH_BYTES = 64 * 1024;
    /** The smallest array: most connections are idle. */
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
     * @param maxBytes the limit of waiting frames, in bytes of UTF-8
     * @param maxAgeNanos maximum age in nanoseconds of the oldest waiting frame when another is offered
     * @param nanoTime as {@link System#nanoTime()}
     */
    OutboundQueue(long maxBytes, long maxAgeNanos, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.maxAgeNanos = maxAgeNanos;
        this.nanoTime = nanoTime;
    }

    /** Takes all frames or none. */
    synchronized Verdict offer(List<Frame> frames) {
        if (state != State.OPEN) {
            return Verdict.CLOSED;
        }
        long size = 0;
        for (Frame frame : frames) {
            size += frame.size();
        }
        long now = nanoTime.getAsLong();
        // An empty queue takes anything: the limits are about clients that do not read.
        if (!waiting.isEmpty() && (waitingBytes + size > maxBytes || isStale(now))) {
            return Verdict.OVERFLOW;
        }
        frames.forEach(frame -> waiting.add(new Waiting(frame, now)));
        waitingBytes += size;
        return verdict();
    }

    /** Replaces the waiting frames with a last one, and takes no more. */
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

    /** Takes no more frames; the waiting ones still leave. */
    synchronized void finish() {
        if (state == State.OPEN) {
            state = State.FINISHING;
        }
    }

    /**
     * Makes the caller the sender without a frame, to send a ping; false if there is a sender or the queue is not open.
     */
    synchronized boolean tryBecomeSender() {
        if (sending || state != State.OPEN) {
            return false;
        }
        sending = true;
        return true;
    }

    /** The next frames to send together, for the sender only. If empty, the caller is no longer the sender. */
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

    /** Drops the waiting frames and takes no more. */
    synchronized void close() {
        state = State.CLOSED;
        clear();
    }

    /** The size of the waiting frames in bytes of UTF-8, without those being sent. */
    synchronized long waitingBytes() {
        return waitingBytes;
    }

    synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether the queue was finished and the last frame has been sent. */
    synchronized boolean isFinished() {
        return state == State.FINISHING && waiting.isEmpty() && !sending;
    }

    /** Whether nothing waits and there is no sender. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && !sending;
    }

    /** Whether the oldest frame has waited too long. */
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
