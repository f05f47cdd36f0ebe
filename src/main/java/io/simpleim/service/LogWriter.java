package io.simpleim.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One writer of the {@link MessageLog}: a queue and the thread that empties it. Thread-safe. */
final class LogWriter {
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final int MAX_BATCH = 256;
    private static final int MAX_DELIVERIES = 10_000;

    private final Numbering numbering;
    private final BlockingQueue<Pending> queue;
    // A thread of its own, so that a room with many connections does not keep the writer from storing.
    private final ThreadPoolExecutor delivery = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_DELIVERIES),
            new NamedThreads("im-delivery"),
            LogWriter::waitForPlace);
    private volatile boolean stopping;
    private Thread thread = Thread.currentThread();

    LogWriter(Numbering numbering, int capacity) {
        this.numbering = numbering;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /** Runs what is pushed, one after the other. */
    Executor delivery() {
        return delivery;
    }

    void start(NamedThreads threads) {
        thread = threads.newThread(this::writeAll);
        thread.start();
    }

    /** A message that is taken is stored or failed: the writer stops only when it sees an empty queue. */
    synchronized boolean offer(Pending pending) {
        return !stopping && queue.offer(pending);
    }

    synchronized void stop() {
        stopping = true;
    }

    void join(long deadlineNanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.shutdown();
        awaitDelivery(deadlineNanos);
    }

    private void awaitDelivery(long deadlineNanos) {
        try {
            if (!delivery.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                log.warn("Some messages were not pushed; their receivers find them in the history");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who writes faster than can be pushed waits: the order of a room's pushes is that of its numbers. */
    private static void waitForPlace(Runnable push, ThreadPoolExecutor delivery) {
        try {
            if (!delivery.isShutdown()) {
                delivery.getQueue().put(push);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        List<Pending> batch = new ArrayList<>(MAX_BATCH);
        while (true) {
            Pending first = await();
            if (first == null) {
                return;
            }
            batch.add(first);
            queue.drainTo(batch, MAX_BATCH - 1);
            numbering.store(batch);
            batch.clear();
        }
    }

    /** The next message; null if there will be none. */
    private @Nullable Pending await() {
        while (true) {
            try {
                Pending next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next != null || (stopping && queue.isEmpty())) {
                    return next;
                }
            } catch (InterruptedException e) {
                log.debug("A writer is not stopped by interrupting it");
            }
        }
    }
}
