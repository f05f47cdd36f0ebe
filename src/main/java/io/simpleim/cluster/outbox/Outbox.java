package io.simpleim.cluster.outbox;

import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.UserLocations;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Messages for other nodes on their way to Redis. Thread-safe. One thread publishes them in batches: no caller waits,
 * and the busier the node, the fewer commands per message. Lock order: this, then {@link OwedCatchUp}; batches are
 * published under no lock.
 *
 * <p>Nothing is kept while Redis is away. Instead a catch-up is owed: as soon as Redis is back, all nodes are asked to
 * look in the store for what they did not receive.
 */
public final class Outbox {
    /** Messages. When the queue is full, a catch-up is owed instead. */
    private static final int CAPACITY = 10_000;

    private static final int MAX_BATCH = 1000;

    private final NodeMembership membership;
    private final BatchPublisher publisher;
    private final OwedCatchUp owed;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private List<ClusterMessage> queue = new ArrayList<>();
    private boolean isPublishing;
    /** Whether the publishing thread is to request the owed catch-up. */
    private boolean isWoken;

    private boolean isClosed;

    /** @param nanoTime as {@link System#nanoTime()} */
    public Outbox(
            NodeMembership membership,
            UserLocations locations,
            NodeStreams streams,
            Clock clock,
            LongSupplier nanoTime) {
        this.membership = membership;
        this.owed = new OwedCatchUp(clock);
        this.publisher = new BatchPublisher(membership, new MessageRouter(locations), streams, owed);
        this.nanoTime = nanoTime;
    }

    /** Returns the number of messages that were published while other nodes were alive. */
    public long published() {
        return publisher.published();
    }

    /** Returns the number of messages that wait to be published. */
    public synchronized int queued() {
        return queue.size();
    }

    /** Publishes a message to other nodes, in the order of the calls. Never waits and never fails. */
    public void publish(ClusterMessage message) {
        if (!membership.isAlone()) {
            add(message);
        }
    }

    private synchronized void add(ClusterMessage message) {
        if (queue.size() >= CAPACITY) {
            owed.add();
            return;
        }
        queue.add(message);
        if (queue.size() == 1) {
            notifyAll();
        }
    }

    /** Publishes on the calling thread until this is closed and the queue is empty. */
    public void run() {
        List<ClusterMessage> batch = take();
        while (!batch.isEmpty() || !isClosed()) {
            publisher.publish(batch);
            batch = take();
        }
        stopPublishing();
    }

    private synchronized void stopPublishing() {
        isPublishing = false;
        notifyAll();
    }

    private synchronized List<ClusterMessage> take() {
        stopPublishing();
        try {
            while (queue.isEmpty() && !isWoken && !isClosed) {
                wait();
            }
        } catch (InterruptedException e) {
            isClosed = true;
        }
        isWoken = false;
        int count = Math.min(MAX_BATCH, queue.size());
        List<ClusterMessage> batch = new ArrayList<>(queue.subList(0, count));
        queue = new ArrayList<>(queue.subList(count, queue.size()));
        isPublishing = true;
        return batch;
    }

    public synchronized boolean isClosed() {
        return isClosed;
    }

    /** Asks other nodes for the catch-up that is owed, if Redis is back. */
    public synchronized void wake() {
        if (!owed.isEmpty()) {
            isWoken = true;
            notifyAll();
        }
    }

    /** Whether the queue is empty and no catch-up is owed. */
    public synchronized boolean hasPublishedAll() {
        return owed.isEmpty() && queue.isEmpty() && !isPublishing;
    }

    /**
     * Waits until everything is published, or until a deadline.
     *
     * @param deadlineNanos as {@link System#nanoTime()}
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public synchronized void flush(long deadlineNanos) throws InterruptedException {
        wake();
        long left = deadlineNanos - nanoTime.getAsLong();
        while ((isPublishing || isWoken || !queue.isEmpty()) && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadlineNanos - nanoTime.getAsLong();
        }
    }

    /** Ends {@link #run} once the queue is empty. */
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
