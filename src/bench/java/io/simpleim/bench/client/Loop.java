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
 * Serves all connections of the client, on the thread that calls it. Not thread-safe: whatever is called back runs on
 * that thread too.
 */
public final class Loop implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final long LONGEST_SLEEP_MILLIS = 100;

    private final Selector selector;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos));
    private long nowNanos = System.nanoTime();

    public Loop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Task(long dueNanos, Runnable action) {}

    /** The time at which the bytes that are being looked at were read, as {@link System#nanoTime()}. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Does something later. */
    public void after(long delayMillis, Runnable action) {
        tasks.add(new Task(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis), action));
    }

    /** Serves the connections for a while. */
    public void runFor(long nanos) {
        runUntil(() -> false, nanos);
    }

    /**
     * Serves the connections until a condition holds.
     *
     * @return whether it holds; false if the time ran out before
     */
    public boolean runUntil(BooleanSupplier condition, long atMostNanos) {
        long end = System.nanoTime() + atMostNanos;
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            turn(left);
        }
        return true;
    }

    private void turn(long atMostNanos) {
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
        ((Link) key.attachment()).ready(key, buffer);
    }

    SelectionKey register(SocketChannel channel, Link link) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, link);
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
