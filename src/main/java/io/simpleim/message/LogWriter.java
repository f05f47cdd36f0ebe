package io.simpleim.message;

import io.simpleim.concurrent.NamedThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One writer of the {@link MessageLog}: a bounded queue and the thread that stores its messages. Thread-safe. */
final class LogWriter {
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final int MAX_BATCH = 512;

    private final BatchStore store;
    private final int capacity;
    private final MessageLog.Observer observer;

    /** Set once by {@link #start}, before the writer is shared; a placeholder until then. */
    private Thread thread = Thread.currentThread();

    // Guarded by this, down to the constructor.
    private final Queue<PendingSend> queue = new ArrayDeque<>();
    /** True while the thread waits and has not been notified: only the first message notifies it. */
    private boolean idle;

    private boolean stopping;

    LogWriter(BatchStore store, int capacity, MessageLog.Observer observer) {
        this.store = store;
        this.capacity = capacity;
        this.observer = observer;
    }

    /** Starts the thread. Call once. */
    void start(NamedThreads threads) {
        thread = threads.newThread(this::writeAll);
        thread.start();
    }

    /** Adds a send; false if the queue is full or the writer is stopping. Each added send is stored or failed. */
    synchronized boolean offer(PendingSend send) {
        if (stopping || queue.size() == capacity) {
            return false;
        }
        queue.add(send);
        if (idle) {
            idle = false;
            notifyAll();
        }
        return true;
    }

    /** Number of messages in the queue, without the batch that is being stored. */
    synchronized int waiting() {
        return queue.size();
    }

    int capacity() {
        return capacity;
    }

    /** Refuses new sends; the thread ends once the queue is empty. */
    synchronized void stop() {
        stopping = true;
        notifyAll();
    }

    /**
     * Waits for the thread to end. Returns early at the deadline or if interrupted.
     *
     * @param deadlineNanos a time of {@link System#nanoTime()}
     */
    void join(long deadlineNanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        List<PendingSend> batch = new ArrayList<>(MAX_BATCH);
        while (take(batch)) {
            long start = System.nanoTime();
            store.store(batch);
            observer.stored(batch.size(), System.nanoTime() - start);
            batch.clear();
        }
    }

    /** Waits for messages and moves up to {@link #MAX_BATCH} of them to a batch; false if it is to end. */
    private synchronized boolean take(List<PendingSend> batch) {
        while (queue.isEmpty() && !stopping) {
            idle = true;
            try {
                wait();
            } catch (InterruptedException e) {
                log.debug("Ignored an interrupt: only stop() ends a writer");
            }
        }
        idle = false;
        while (!queue.isEmpty() && batch.size() < MAX_BATCH) {
            batch.add(queue.remove());
        }
        return !batch.isEmpty();
    }
}
