package io.simpleim.push;

import io.simpleim.event.CloseCode;
import io.simpleim.event.MessagePush;
import io.simpleim.event.PushEvent;
import io.simpleim.model.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client to this node. A live push passes the {@link LiveGate}; then, like every other frame, the {@link
 * OwnMessageFilter}, the {@link Watermarks} and the {@link OutboundQueue}, from which the {@link SendLoop} takes it.
 *
 * <p>Thread-safe; never blocks. A client whose frames wait too long or take too much memory is closed. Each part has its own
 * lock. The gate's lock is taken before those of the other parts; no two of the others are held together.
 */
public final class Connection {
    private final Session session;
    private final Transport transport;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Consumer<Connection> onReceipt;
    private final OwnMessageFilter ownMessages = new OwnMessageFilter();
    private final Watermarks watermarks;
    private final OutboundQueue queue;
    private final SendLoop sendLoop;
    private final Receipts receipts = new Receipts();
    /** The code to close with after the last frame; null until the connection is to be closed. */
    private final AtomicReference<@Nullable CloseCode> closeReason = new AtomicReference<>();
    /** Holds back live pushes while the backlog is sent; null if the connection is live. */
    private volatile @Nullable LiveGate gate;

    /** When the client last showed a sign of life, as {@link System#nanoTime()}. */
    private volatile long activeNanos;

    /**
     * The resources that a connection may use.
     *
     * @param queueBytes {@code [limits] outboundQueueBytes}, in UTF-8
     * @param queueNanos maximum time in nanoseconds that a frame waits for a client that does not read
     */
    public record Limits(long queueBytes, long queueNanos) {}

    /**
     * @param openedAt now, in Unix seconds
     * @param nanoTime as {@link System#nanoTime()}
     * @param onReceipt called on any thread when {@link #takeReceipts} has something to return and had nothing before
     */
    public Connection(
            Session session,
            Transport transport,
            Limits limits,
            long openedAt,
            LongSupplier nanoTime,
            Consumer<Connection> onReceipt) {
        this.session = session;
        this.transport = transport;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.onReceipt = onReceipt;
        this.watermarks = new Watermarks(openedAt);
        this.queue = new OutboundQueue(limits.queueBytes(), limits.queueNanos(), nanoTime);
        this.sendLoop = new SendLoop(queue, transport, this::noteWritten, this::closeIfFinished);
        this.activeNanos = nanoTime.getAsLong();
    }

    public String userId() {
        return session.userId();
    }

    public String sessionId() {
        return session.id();
    }

    /** Whether the session has expired at a time in Unix seconds. */
    public boolean isExpiredAt(long now) {
        return session.isExpiredAt(now);
    }

    /** Sends a frame after all frames that were sent before. Does not wait for held live pushes. */
    public void send(Frame frame) {
        send(List.of(frame));
    }

    /** As {@link #send(Frame)}, for several frames. Messages that the connection already has are dropped. */
    public void send(List<Frame> frames) {
        if (enqueue(frames)) {
            drain();
        }
    }

    /**
     * Enqueues live pushes, or holds them back. Drops messages that the connection already has, and all if it is closed.
     *
     * @return whether the caller has to call {@link #drain}, on any thread
     */
    public boolean push(List<Frame> frames) {
        LiveGate current = gate;
        if (current == null) {
            return enqueue(frames);
        }
        List<Frame> admitted = current.admit(frames);
        return !admitted.isEmpty() && enqueue(admitted);
    }

    /** Sends the waiting frames. Only for a caller to whom {@link #push} has returned true. */
    public void drain() {
        sendLoop.run();
    }

    /** Returns whether the caller has become the sender. */
    private boolean enqueue(List<Frame> frames) {
        List<Frame> fresh = watermarks.takeNew(ownMessages.apply(frames));
        return !fresh.isEmpty() && actOn(queue.offer(fresh));
    }

    /** Closes the connection on overflow; returns whether the caller has become the sender. */
    private boolean actOn(OutboundQueue.Verdict verdict) {
        if (verdict == OutboundQueue.Verdict.OVERFLOW) {
            close(CloseCode.TOO_SLOW);
        }
        return verdict == OutboundQueue.Verdict.SEND;
    }

    private void noteWritten(List<Frame> batch) {
        if (receipts.add(batch)) {
            onReceipt.accept(this);
        }
    }

    /** Returns what has been written to the client since the last call. */
    public List<Receipt> takeReceipts() {
        return receipts.take(session.userId());
    }

    /** Holds back live pushes from now on, until {@link #goLive} releases them. */
    public void holdLive() {
        gate = new LiveGate(limits.queueBytes() / 2);
    }

    /**
     * Releases the live pushes that were held back, unless some exceeded the limit and were dropped.
     *
     * @return the first dropped number of each stream: send the messages from there on, then call this again. Empty if
     *     the connection is live now
     */
    public Map<StreamKey, Long> goLive() {
        LiveGate current = gate;
        if (current == null) {
            return Map.of();
        }
        AtomicBoolean isSender = new AtomicBoolean();
        Map<StreamKey, Long> dropped = current.tryOpen(frames -> isSender.set(enqueue(frames)));
        if (current.isOpen()) {
            gate = null;
        }
        if (isSender.get()) {
            drain();
        }
        return dropped;
    }

    /** Registers a message that the client is about to send, under the id that the server gives it. */
    public void registerOwnMessage(String messageId) {
        ownMessages.add(messageId);
    }

    /** Creates the frame of a message in the backlog; a placeholder if the client itself is sending the message. */
    public Frame createBacklogFrame(MessagePush message) {
        Frame frame = Frame.ofMessage(message);
        return ownMessages.contains(message.messageId()) ? frame.placeholder() : frame;
    }

    /** Runs a task once, on any thread, when the network has taken all frames. Replaces a task that has not run. */
    public void whenDrained(Runnable task) {
        sendLoop.whenIdle(task);
    }

    /** Records a sign of life of the client. */
    public void recordActivity() {
        activeNanos = nanoTime.getAsLong();
    }

    /** The time since the client's last sign of life, in nanoseconds. */
    public long silentNanos() {
        return nanoTime.getAsLong() - activeNanos;
    }

    /** Asks the client for a sign of life, at once or after the batch that is being sent. */
    public void ping() {
        sendLoop.ping();
    }

    /** Whether the connection takes frames. A connection that the client has left may stay open for some seconds. */
    public boolean isOpen() {
        return queue.isOpen();
    }

    /** Whether a frame has waited too long for the client to read. */
    public boolean isStalled() {
        return queue.isStalled();
    }

    /** The size of the frames that wait for the client to read, in bytes of UTF-8. */
    long waitingBytes() {
        return queue.waitingBytes();
    }

    /** Drops the waiting frames, since the network connection is gone. */
    public void markClosed() {
        queue.close();
    }

    /** Drops the waiting frames and closes the connection. */
    public void close(CloseCode code) {
        queue.close();
        transport.close(code);
    }

    /** Takes no more frames, and closes the connection when the waiting ones have been sent. The first reason counts. */
    public void finish(CloseCode code) {
        if (closeReason.compareAndSet(null, code)) {
            queue.finish();
            closeIfFinished();
        }
    }

    /** Sends the reason instead of the waiting frames, then closes the connection. The first reason counts. */
    public void disconnect(CloseCode code) {
        Frame reason = Frame.ofEvent(PushEvent.Disconnect.of(code));
        if (closeReason.compareAndSet(null, code) && actOn(queue.finish(reason))) {
            drain();
        }
    }

    private void closeIfFinished() {
        CloseCode code = closeReason.get();
        if (code != null && queue.isFinished()) {
            close(code);
        }
    }
}
