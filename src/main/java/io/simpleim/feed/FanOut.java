package io.simpleim.feed;

import io.simpleim.event.CloseCode;
import io.simpleim.push.Connection;
import io.simpleim.push.Frame;
import io.simpleim.push.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes to many connections. All of them have the frames in their queues before the first is written to, and each is
 * written to once for all frames. Thread-safe; the caller takes care that what has an order comes one after the other.
 */
public final class FanOut {
    private static final Logger log = LoggerFactory.getLogger(FanOut.class);

    /** Connections that one thread writes to in a row: some milliseconds of work. */
    private static final int CHUNK = 128;

    private final Hub hub;
    private final Executor executor;
    private final LongConsumer pushed;

    /**
     * @param executor writes to connections, beside the calling thread
     * @param pushed see {@link #tellPushed}
     */
    public FanOut(Hub hub, Executor executor, LongConsumer pushed) {
        this.hub = hub;
        this.executor = executor;
        this.pushed = pushed;
    }

    /** Has whoever measures know that a room's deliveries are with their connections, the first after so long. */
    void tellPushed(long nanos) {
        pushed.accept(nanos);
    }

    /**
     * Pushes deliveries in their order.
     *
     * @param done called once, on any thread, when all connections have been written to as far as their networks took it;
     *     with the number of connections
     */
    @SuppressWarnings("ReferenceEquality") // Lists of thousands are the same object, or are taken for different ones.
    public void push(List<Delivery> deliveries, IntConsumer done) {
        List<Connection> toDrain = new ArrayList<>();
        int targets = 0;
        int from = 0;
        while (from < deliveries.size()) {
            int to = from + 1;
            while (to < deliveries.size()
                    && deliveries.get(to).userIds() == deliveries.get(from).userIds()) {
                to++;
            }
            targets = Math.max(targets, offer(deliveries.subList(from, to), toDrain));
            from = to;
        }
        int reached = targets;
        drain(toDrain, () -> done.accept(reached));
    }

    private int offer(List<Delivery> together, List<Connection> toDrain) {
        List<Frame> frames = together.stream().map(Delivery::frame).toList();
        List<Connection> targets = hub.connectionsOf(together.get(0).userIds());
        for (Connection connection : targets) {
            if (connection.push(Delivery.framesFor(connection, together, frames))) {
                toDrain.add(connection);
            }
        }
        return targets.size();
    }

    /** What goes wrong with one connection is not to stop a room. */
    private static void drain(Connection connection) {
        try {
            connection.drain();
        } catch (RuntimeException e) {
            log.error("A connection could not be written to", e);
            connection.close(CloseCode.GOING_AWAY);
        }
    }

    private void drain(List<Connection> connections, Runnable done) {
        int chunks = Math.max(1, (connections.size() + CHUNK - 1) / CHUNK);
        AtomicInteger left = new AtomicInteger(chunks);
        for (int chunk = chunks - 1; chunk >= 0; chunk--) {
            List<Connection> part =
                    connections.subList(chunk * CHUNK, Math.min((chunk + 1) * CHUNK, connections.size()));
            Runnable task = () -> {
                part.forEach(FanOut::drain);
                if (left.decrementAndGet() == 0) {
                    done.run();
                }
            };
            if (chunk == 0) {
                task.run();
            } else {
                executor.execute(task);
            }
        }
    }
}
