package io.simpleim.push;

import io.simpleim.json.Json;
import io.simpleim.model.Session;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client that is connected to this node. Thread-safe; never blocks: frames that the network does not take wait in
 * the {@link OutboundQueue}, and a client for which too many wait is closed.
 */
public final class Connection {
    private final Session session;
    private final Transport transport;
    private final OutboundQueue queue;
    /** The code to close with once the last frame has left. */
    private final AtomicReference<@Nullable CloseCode> closing = new AtomicReference<>();

    /** @param maxQueueBytes {@code [limits] outboundQueueBytes} */
    public Connection(Session session, Transport transport, long maxQueueBytes) {
        this.session = session;
        this.transport = transport;
        this.queue = new OutboundQueue(maxQueueBytes);
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

    /** Sends a frame after all that were pushed before; a connection that is closed takes no notice. */
    public void push(String frame) {
        act(queue.offer(frame));
    }

    /** Closes the connection at once. */
    public void close(CloseCode code) {
        queue.close();
        transport.close(code);
    }

    /** Tells the client why, and closes the connection once it has been told. The first reason counts. */
    public void disconnect(CloseCode code) {
        if (closing.compareAndSet(null, code)) {
            act(queue.finish(Json.write(new DisconnectPush(code))));
        }
    }

    private void act(OutboundQueue.Verdict verdict) {
        if (verdict == OutboundQueue.Verdict.SEND) {
            sendAll();
        } else if (verdict == OutboundQueue.Verdict.OVERFLOW) {
            close(CloseCode.TOO_SLOW);
        }
    }

    /**
     * Sends one frame after the other. A send that is done before the call returns is followed by the next in this loop,
     * one that is done later by its callback: whichever of the two comes second goes on, so that thousands of frames
     * that the network takes at once do not nest thousands of calls.
     */
    private void sendAll() {
        for (String frame = queue.next(); frame != null; frame = queue.next()) {
            AtomicBoolean isSecond = new AtomicBoolean();
            transport.send(frame, sent -> {
                if (!sent) {
                    queue.close();
                }
                if (isSecond.getAndSet(true)) {
                    sendAll();
                }
            });
            if (!isSecond.getAndSet(true)) {
                return;
            }
        }
        CloseCode code = closing.get();
        if (code != null && queue.isFinished()) {
            close(code);
        }
    }
}
