package io.simpleim.push;

import io.simpleim.event.CloseCode;
import io.simpleim.event.Events;
import io.simpleim.event.MessagePush;
import io.simpleim.model.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client that is connected to this node. Thread-safe; never blocks: frames that the network does not take wait in
 * the {@link OutboundQueue}, and a client for which too many wait, or for too long, is closed.
 */
public final class Connection {
    private final Session session;
    private final Transport transport;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final OutboundQueue queue;
    private final Receipts receipts = new Receipts();
    private final OwnMessages own = new OwnMessages();
    private final Watermarks watermarks;
    private final Consumer<Connection> onReceipt;
    /** The code to close with once the last frame has left. */
    private final AtomicReference<@Nullable CloseCode> closing = new AtomicReference<>();
    /** Called once when nothing waits any more. */
    private final AtomicReference<@Nullable Runnable> onDrained = new AtomicReference<>();
    /** Stands between live pushes and the queue while the user is sent what was missed. */
    private volatile @Nullable LiveGate gate;
    /** When the client has last shown that it is there. */
    private volatile long heardNanos;
    /** Whether the client is to be asked for a sign of life by whoever sends next. */
    private volatile boolean isPingDue;

    /**
     * What a connection may cost.
     *
     * @param queueBytes {@code [limits] outboundQueueBytes}
     * @param queueNanos how long a frame may wait for a client that does not read
     */
    public record Limits(long queueBytes, long queueNanos) {}

    /**
     * @param openedAt now, in Unix seconds
     * @param nanoTime as {@link System#nanoTime()}
     * @param onReceipt told when messages were written and none were waiting to be taken with {@link #takeReceipts}
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
        this.heardNanos = nanoTime.getAsLong();
    }

    public String userId() {
        return session.userId();
    }

    public String sessionId() {
        return session.id();
    }

    /** Whether the session with which it was opened has expired, at a time in Unix seconds. */
    public boolean isExpiredAt(long now) {
        return session.isExpiredAt(now);
    }

    /** The client has shown that it is there. */
    public void heard() {
        heardNanos = nanoTime.getAsLong();
    }

    /** For how long nothing has come from the client, in nanoseconds. */
    public long silentNanos() {
        return nanoTime.getAsLong() - heardNanos;
    }

    /** Sends a frame after all that were sent before, live pushes that are held back aside. */
    public void send(Frame frame) {
        send(List.of(frame));
    }

    /** As {@link #send(Frame)}, of several; messages that the connection has been given already are left out. */
    public void send(List<Frame> frames) {
        if (offerFresh(frames)) {
            drain();
        }
    }

    /**
     * Has live pushes wait after all that were pushed before; a connection that is closed takes no notice. Messages that
     * the connection has been given already are left out.
     *
     * @return whether the caller now has to {@link #drain} the connection, on whatever thread it likes
     */
    public boolean push(List<Frame> frames) {
        LiveGate passed = gate;
        if (passed == null) {
            return offerFresh(frames);
        }
        List<Frame> now = passed.pass(frames);
        return !now.isEmpty() && offerFresh(now);
    }

    /** From now on live pushes are held back, until {@link #goLive} lets them through. */
    public void holdLive() {
        gate = new LiveGate(limits.queueBytes() / 2);
    }

    /**
     * Lets live pushes through, those that were held back first.
     *
     * @return rooms of which live messages could not be held back, with the first number of those: they are to be sent
     *     before this is called again. Empty if the connection is live now
     */
    public Map<String, Long> goLive() {
        LiveGate closed = gate;
        if (closed == null) {
            return Map.of();
        }
        AtomicBoolean toDrain = new AtomicBoolean();
        Map<String, Long> missed = closed.open(frames -> toDrain.set(offerFresh(frames)));
        if (closed.isOpen()) {
            gate = null;
        }
        if (toDrain.get()) {
            drain();
        }
        return missed;
    }

    /** The client is about to send a message, under the id that the server gives it. */
    public void sends(String messageId) {
        own.add(messageId);
    }

    /** A missed message as it is sent here: one that the client itself is sending does not come back to it. */
    public Frame missed(MessagePush message) {
        Frame frame = Frame.ofMessage(message);
        return own.contains(message.messageId()) ? frame.unsent() : frame;
    }

    /** What has reached the client since this was last called. */
    public List<Receipt> takeReceipts() {
        return receipts.take(session.userId());
    }

    /** Calls a task once, on any thread, as soon as all frames are with the network; one that is set before is replaced. */
    public void whenDrained(Runnable task) {
        onDrained.set(task);
        if (queue.isIdle()) {
            runWhenDrained();
        }
    }

    /** Asks the client for a sign of life: now, or between two batches, however long there is something to send. */
    public void ping() {
        isPingDue = true;
        if (queue.begin()) {
            drain();
        }
    }

    private void pingNow() {
        isPingDue = false;
        transport.ping(sent -> {
            if (!sent) {
                queue.close();
            }
            drain();
        });
    }

    /** Whether it takes frames; a connection that the client has left may still be open for some seconds. */
    public boolean isOpen() {
        return queue.isOpen();
    }

    /** Whether frames have waited too long for the client to read. */
    public boolean isStalled() {
        return queue.isStalled();
    }

    /** How much waits for the client to read, in bytes. */
    long waitingBytes() {
        return queue.waitingBytes();
    }

    /** The connection is gone: nothing is taken any more. */
    public void closed() {
        queue.close();
    }

    /** Closes the connection at once. */
    public void close(CloseCode code) {
        queue.close();
        transport.close(code);
    }

    /** Closes the connection once what waits has left; nothing more is taken. */
    public void finish(CloseCode code) {
        if (closing.compareAndSet(null, code)) {
            queue.finish();
            if (queue.isFinished()) {
                close(code);
            }
        }
    }

    /** Tells the client why, and closes the connection once it has been told. The first reason counts. */
    public void disconnect(CloseCode code) {
        if (closing.compareAndSet(null, code) && act(queue.finish(Frame.of(Events.disconnect(code))))) {
            drain();
        }
    }

    private boolean offerFresh(List<Frame> frames) {
        List<Frame> fresh = watermarks.pass(own.taken(frames));
        return !fresh.isEmpty() && act(queue.offer(fresh));
    }

    /** Whether the caller is the sender now. */
    private boolean act(OutboundQueue.Verdict verdict) {
        if (verdict == OutboundQueue.Verdict.OVERFLOW) {
            close(CloseCode.TOO_SLOW);
        }
        return verdict == OutboundQueue.Verdict.SEND;
    }

    /**
     * Sends one batch after the other; only for who has become the sender. A send that is done before the call returns is
     * followed by the next in this loop, one that is done later by its callback: whichever of the two comes second goes
     * on, so that thousands of batches that the network takes at once do not nest thousands of calls.
     */
    public void drain() {
        while (!isPingDue) {
            List<Frame> batch = queue.next();
            if (batch.isEmpty()) {
                drained();
                return;
            }
            AtomicBoolean isSecond = new AtomicBoolean();
            transmit(batch, sent -> {
                if (!sent) {
                    queue.close();
                } else if (receipts.add(batch)) {
                    onReceipt.accept(this);
                }
                if (isSecond.getAndSet(true)) {
                    drain();
                }
            });
            if (!isSecond.getAndSet(true)) {
                return;
            }
        }
        pingNow();
    }

    private void drained() {
        CloseCode code = closing.get();
        if (code != null && queue.isFinished()) {
            close(code);
        }
        runWhenDrained();
    }

    private void transmit(List<Frame> batch, Transport.Done done) {
        List<Frame> toSend = Frame.toSend(batch);
        if (toSend.isEmpty()) {
            done.result(true);
        } else {
            transport.send(toSend, done);
        }
    }

    private void runWhenDrained() {
        if (onDrained.get() != null) {
            Runnable task = onDrained.getAndSet(null);
            if (task != null) {
                task.run();
            }
        }
    }
}
