package io.simpleim.cluster;

import io.simpleim.cluster.membership.Incarnation;
import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.cluster.message.ClusterMessageCodec;
import io.simpleim.concurrent.Backoff;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads this node's stream on one thread. After an interruption it resumes at its position. Entries that were dropped
 * before they were read leave a hole in the numbers, which is reported so that the node catches up. Only {@link #run}
 * is bound to one thread; all other methods are thread-safe.
 */
final class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final int MAX_ENTRIES = 100;
    /** Read entries cost Redis memory, and trimming them costs a command. */
    private static final int TRIM_AFTER_ENTRIES = 200;

    /** Maximum time that a read waits for entries. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration NO_WAIT = Duration.ofMillis(1);
    private static final Duration MIN_PAUSE = Duration.ofMillis(50);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    private final Incarnation incarnation;
    private final NodeStreams streams;
    private final CatchUpTrigger catchUps;
    private final Consumer<ClusterMessage> handler;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LongAdder receivedCount = new LongAdder();
    private final LongAdder missedCount = new LongAdder();

    // Owned by the reading thread.
    private final Backoff backoff = new Backoff(MIN_PAUSE, MAX_PAUSE, new SplittableRandom());
    private String nodeId = "";
    /** The number of the last entry that was read. */
    private long position;
    /** Whether the last read failed: the Redis that answers next may be a replica that lags behind. */
    private boolean hasFailed;
    /** The stream is trimmed up to this number. */
    private long trimmed;

    /** @param handler called on the reading thread, in the order of the stream */
    Inbox(
            Incarnation incarnation,
            NodeStreams streams,
            CatchUpTrigger catchUps,
            Consumer<ClusterMessage> handler,
            Clock clock) {
        this.incarnation = incarnation;
        this.streams = streams;
        this.catchUps = catchUps;
        this.handler = handler;
        this.clock = clock;
    }

    /** Returns the number of messages that were received. */
    long received() {
        return receivedCount.sum();
    }

    /** Returns the number of entries that were dropped from the stream before they were read. */
    long missed() {
        return missedCount.sum();
    }

    /** Reads on the calling thread until this is closed. */
    void run() {
        boolean stop = isClosed();
        while (!stop) {
            try {
                readSome();
                backoff.reset();
                stop = isClosed();
            } catch (StoreUnavailableException e) {
                hasFailed = true;
                // During a shutdown Redis may be closed before this thread has noticed.
                if (!isClosed()) {
                    catchUps.reportUnreadable("Messages of other nodes could not be read: " + e.getMessage());
                }
                stop = pause();
            } catch (RuntimeException | Error e) {
                log.error("Messages of other nodes could not be read", e);
                catchUps.reportUnreadable(e.toString());
                stop = pause();
            }
        }
    }

    private void readSome() {
        String current = incarnation.id();
        if (!current.equals(nodeId)) {
            nodeId = current;
            position = 0;
            trimmed = 0;
        }
        if (hasFailed) {
            findDropped();
            hasFailed = false;
        }
        long at = clock.instant().getEpochSecond();
        List<NodeStreams.Entry> entries = streams.read(nodeId, position, MAX_ENTRIES, READ_TIMEOUT);
        if (entries.isEmpty()) {
            findDropped();
        }
        entries.forEach(this::take);
        if (entries.size() < MAX_ENTRIES) {
            catchUps.readUpTo(at);
        }
        if (position - trimmed >= TRIM_AFTER_ENTRIES || (entries.isEmpty() && position > trimmed)) {
            streams.forget(nodeId, position);
            trimmed = position;
        }
    }

    private void take(NodeStreams.Entry entry) {
        if (entry.number() != position + 1) {
            reportDropped(entry.number() - position - 1);
        }
        position = entry.number();
        try {
            ClusterMessageCodec.read(entry.news()).forEach(this::handle);
        } catch (RuntimeException e) {
            log.error("A stream entry could not be parsed", e);
            catchUps.reportLoss(e.toString());
        }
    }

    /** A message that cannot be handled does not hold up the others. */
    private void handle(ClusterMessage message) {
        receivedCount.increment();
        try {
            handler.accept(message);
        } catch (StoreUnavailableException e) {
            catchUps.reportLoss("A message will be caught up with when MongoDB is back: " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("A message of another node could not be handled; a catch-up will find it in the store", e);
            catchUps.reportLoss(e.toString());
        }
    }

    /** Compares the position with the number of the last entry, since dropped entries leave no other trace if none follow. */
    private void findDropped() {
        OptionalLong last = streams.last(nodeId);
        // A replica that has become master may lack entries. Numbers that it assigns again would seem to have been
        // read.
        if (last.isEmpty() || last.getAsLong() < position) {
            incarnation.lose(nodeId);
            pause();
        } else if (last.getAsLong() > position) {
            // It may have been added a moment ago.
            List<NodeStreams.Entry> entries = streams.read(nodeId, position, MAX_ENTRIES, NO_WAIT);
            if (entries.isEmpty()) {
                reportDropped(last.getAsLong() - position);
                position = last.getAsLong();
            }
            entries.forEach(this::take);
        }
    }

    private void reportDropped(long count) {
        missedCount.add(count);
        catchUps.reportLoss(count + " entries of this node's stream were dropped before they were read");
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /**
     * Waits after a failure.
     *
     * @return whether this was closed meanwhile
     */
    private boolean pause() {
        try {
            return closed.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Makes {@link #run} return within a few seconds. */
    void close() {
        closed.countDown();
    }
}
