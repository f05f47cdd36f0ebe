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
 * A session of the bare broadcast and what is queued for it; one thread at a time sends. Thread-safe.
 *
 * <p>Frame by frame, the next one goes out when the last one's handler is told. In batches, all that has queued is given
 * to the container, and then flushed once.
 */
final class Listener {
    private final Session session;
    private final Queue<Shout> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isSending = new AtomicBoolean();

    Listener(Session session) {
        this.session = session;
    }

    void offer(Shout shout, boolean isBatched, Executor senders) {
        queue.add(shout);
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
        Shout next = queue.poll();
        if (next == null) {
            isSending.set(false);
            if (!queue.isEmpty() && isSending.compareAndSet(false, true)) {
                sendNext();
            }
            return;
        }
        session.getAsyncRemote().sendText(next.text(), result -> {
            next.reachedOne();
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
        // What comes while it is sent belongs to the next batch: who waits is told of this one.
        Shout[] batch = queue.toArray(Shout[]::new);
        for (Shout shout : batch) {
            remote.sendText(shout.text());
            queue.remove();
        }
        remote.flushBatch();
        for (Shout shout : batch) {
            shout.reachedOne();
        }
    }
}
