package io.simpleim.bench.server;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session and its queue of outgoing messages. One thread at a time sends. Thread-safe.
 *
 * <p>In single mode, a frame is sent when the previous one's handler is called. In batched mode, all queued messages
 * are passed to the container and flushed once.
 */
final class Listener {
    private final Session session;
    private final Queue<BroadcastMessage> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isSending = new AtomicBoolean();

    Listener(Session session) {
        this.session = session;
    }

    void offer(BroadcastMessage message, boolean isBatched, Executor senders) {
        queue.add(message);
        if (isSending.compareAndSet(false, true)) {
            senders.execute(() -> send(isBatched));
        }
    }

    private void send(boolean isBatched) {
        if (isBatched) {
            sendBatches();
        } else {
            sendNext();
        }
    }

    private void sendNext() {
        BroadcastMessage next = queue.poll();
        if (next == null) {
            isSending.set(false);
            if (!queue.isEmpty() && isSending.compareAndSet(false, true)) {
                sendNext();
            }
            return;
        }
        session.getAsyncRemote().sendText(next.text(), result -> {
            next.reachedListener();
            sendNext();
        });
    }

    private void sendBatches() {
        RemoteEndpoint.Basic remote = session.getBasicRemote();
        try {
            remote.setBatchingAllowed(true);
            do {
                sendBatch(remote);
                isSending.set(false);
            } while (!queue.isEmpty() && isSending.compareAndSet(false, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendBatch(RemoteEndpoint.Basic remote) throws IOException {
        // Messages that arrive meanwhile belong to the next batch.
        BroadcastMessage[] batch = queue.toArray(BroadcastMessage[]::new);
        for (BroadcastMessage message : batch) {
            remote.sendText(message.text());
            queue.remove();
        }
        remote.flushBatch();
        for (BroadcastMessage message : batch) {
            message.reachedListener();
        }
    }
}
