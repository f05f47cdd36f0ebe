package io.simpleim.push;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves the frames of one connection from its queue to its transport, batch after batch, and sends pings in between.
 * Thread-safe: at most one thread runs the loop at a time, the one that the {@link OutboundQueue} made the sender.
 * Holds no lock while it calls the transport or its listeners.
 */
final class SendLoop {
    private final OutboundQueue queue;
    private final Transport transport;
    private final Consumer<List<Frame>> onWritten;
    private final Runnable onIdle;
    /** Runs once when the queue is idle. */
    private final AtomicReference<@Nullable Runnable> idleTask = new AtomicReference<>();
    /** Whether the next sender sends a ping. */
    private volatile boolean isPingDue;

    /**
     * @param onWritten takes each batch that the network has taken, placeholders included
     * @param onIdle called whenever the loop has emptied the queue
     */
    SendLoop(OutboundQueue queue, Transport transport, Consumer<List<Frame>> onWritten, Runnable onIdle) {
        this.queue = queue;
        this.transport = transport;
        this.onWritten = onWritten;
        this.onIdle = onIdle;
    }

    /**
     * Sends until the queue is empty; only the sender may call this. A send may complete before the call to the
     * transport returns, or later on another thread. Whichever comes second, the return or the callback, continues the
     * loop; so thousands of immediate sends do not nest.
     */
    void run() {
        while (!isPingDue) {
            List<Frame> batch = queue.next();
            if (batch.isEmpty()) {
                onIdle.run();
                runIdleTask();
                return;
            }
            AtomicBoolean isSecond = new AtomicBoolean();
            transmit(batch, sent -> {
                if (sent) {
                    onWritten.accept(batch);
                } else {
                    queue.close();
                }
                if (isSecond.getAndSet(true)) {
                    run();
                }
            });
            if (!isSecond.getAndSet(true)) {
                return;
            }
        }
        sendPing();
    }

    private void transmit(List<Frame> batch, Transport.Done done) {
        List<Frame> toSend = Frame.withoutPlaceholders(batch);
        if (toSend.isEmpty()) {
            done.result(true);
        } else {
            transport.send(toSend, done);
        }
    }

    /** Sends a ping, at once or after the batch that is being sent. */
    void ping() {
        isPingDue = true;
        if (queue.tryBecomeSender()) {
            run();
        }
    }

    private void sendPing() {
        isPingDue = false;
        transport.ping(sent -> {
            if (!sent) {
                queue.close();
            }
            run();
        });
    }

    /**
     * Runs a task once, on any thread, when the network has taken all frames. Replaces an earlier task that has not
     * run.
     */
    void whenIdle(Runnable task) {
        idleTask.set(task);
        if (queue.isIdle()) {
            runIdleTask();
        }
    }

    private void runIdleTask() {
        if (idleTask.get() != null) {
            Runnable task = idleTask.getAndSet(null);
            if (task != null) {
                task.run();
            }
        }
    }
}
