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
 * Writes deliveries to many connections. The frames are in all queues before the first connection is written to, and
 * each connection is written to once for all of them. Thread-safe; keeps order within a call, not between calls.
 */
public final class FanOut {
    private static final Logger log = LoggerFactory.getLogger(FanOut.class);

    /** Connections per task: some milliseconds of work. */
    private static final int CHUNK = 128;

    private final Hub hub;
    private final Executor executor;
    private final LongConsumer delays;

    /**
     * @param executor writes to the connections that the calling thread does not write to itself
     * @param delays receives the durations given to {@link #recordDelay}, in nanoseconds; called on any thread
     */
    public FanOut(Hub hub, Executor executor, LongConsumer delays) {
        this.hub = hub;
        this.executor = executor;
        this.delays = delays;
    }

    /** Records how long the first delivery of a round took to reach all connections, in nanoseconds. */
    void recordDelay(long nanos) {
        delays.accept(nanos);
    }

    /**
     * Pushes deliveries in order.
     *
     * @param done called once, on any thread, when every connection was written to as far as its network accepts
     *     frames; receives the number of connections of the largest group of users
     */
    @SuppressWarnings("ReferenceEquality") // Comparing thousands of members would cost more than looking them up twice.
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

    /** Enqueues deliveries to the same users; returns the number of connections. */
    private int offer(List<Delivery> deliveries, List<Connection> toDrain) {
        List<Frame> frames = deliveries.stream().map(Delivery::frame).toList();
        List<Connection> targets = hub.connectionsOf(deliveries.get(0).userIds());
        for (Connection connection : targets) {
            if (connection.push(Delivery.framesFor(connection, deliveries, frames))) {
                toDrain.add(connection);
            }
        }
        return targets.size();
    }

    /** A failure of one connection must not stop the room. */
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
