package io.simpleim.bench.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Serves all connections of the client on the calling thread. Not thread-safe; all callbacks run on that thread too.
 */
public final class EventLoop implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final long LONGEST_SLEEP_MILLIS = 100;

    private final Selector selector;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos));
    private long nowNanos = System.nanoTime();

    public EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Task(long dueNanos, Runnable action) {}

    /** When the bytes being handled were read, as {@link System#nanoTime()}. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Runs an action after a delay. */
    public void after(long delayMillis, Runnable action) {
        tasks.add(new Task(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis), action));
    }

    /** Serves the connections for this long. */
    public void runFor(long nanos) {
        runUntil(() -> false, nanos);
    }

    /**
     * Serves the connections until a condition holds.
     *
     * @return whether it holds; false if the time ran out first
     */
    public boolean runUntil(BooleanSupplier condition, long atMostNanos) {
        long end = System.nanoTime() + atMostNanos;
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            runOnce(left);
        }
        return true;
    }

    private void runOnce(long atMostNanos) {
        long sleep = Math.min(TimeUnit.NANOSECONDS.toMillis(atMostNanos) + 1, LONGEST_SLEEP_MILLIS);
        if (!tasks.isEmpty()) {
            long untilDue = TimeUnit.NANOSECONDS.toMillis(tasks.element().dueNanos() - System.nanoTime());
            sleep = Math.max(1, Math.min(sleep, untilDue));
        }
        try {
            selector.select(this::serve, sleep);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (!tasks.isEmpty() && tasks.element().dueNanos() <= System.nanoTime()) {
            tasks.remove().action().run();
        }
    }

    private void serve(SelectionKey key) {
        nowNanos = System.nanoTime();
        ((Connection) key.attachment()).ready(key, buffer);
    }

    SelectionKey register(SocketChannel channel, Connection connection) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, connection);
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
