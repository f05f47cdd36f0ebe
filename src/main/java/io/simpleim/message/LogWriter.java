package io.simpleim.message;

import io.simpleim.concurrent.NamedThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One writer of the {@link MessageLog}: a queue and the thread that empties it. Thread-safe. */
final class LogWriter {
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final int MAX_BATCH = 512;

    private final Numbering numbering;
    private final int capacity;
    private final MessageLog.Observer observer;
    private Thread thread = Thread.currentThread();

    // All guarded by this.
    private final Queue<PendingSend> queue = new ArrayDeque<>();
    /** The thread waits, and nobody has woken it yet: of many messages one does. */
    private boolean idle;

    private boolean stopping;

    LogWriter(Numbering numbering, int capacity, MessageLog.Observer observer) {
        this.numbering = numbering;
        this.capacity = capacity;
        this.observer = observer;
    }

    void start(NamedThreads threads) {
        thread = threads.newThread(this::writeAll);
        thread.start();
    }

    /** A message that is taken is stored or failed: the writer stops only when it sees an empty queue. */
    synchronized boolean offer(PendingSend pending) {
        if (stopping || queue.size() == capacity) {
            return false;
        }
        queue.add(pending);
        if (idle) {
            idle = false;
            notifyAll();
        }
        return true;
    }

    /** How many messages wait to be stored; those that are being stored aside. */
    synchronized int waiting() {
        return queue.size();
    }

    int capacity() {
        return capacity;
    }

    synchronized void stop() {
        stopping = true;
        notifyAll();
    }

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
            numbering.store(batch);
            observer.stored(batch.size(), System.nanoTime() - start);
            batch.clear();
        }
    }

    /** Waits for messages and takes all there are, within reason; false if there will be none. */
    private synchronized boolean take(List<PendingSend> batch) {
        while (queue.isEmpty() && !stopping) {
            idle = true;
            try {
                wait();
            } catch (InterruptedException e) {
                log.debug("A writer is not stopped by interrupting it");
            }
        }
        idle = false;
        while (!queue.isEmpty() && batch.size() < MAX_BATCH) {
            batch.add(queue.remove());
        }
        return !batch.isEmpty();
    }
}
