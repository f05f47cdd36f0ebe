package io.simpleim.cluster;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what other nodes tell this one, on a thread of its own. Whatever interrupts it, it goes on where it was; what was
 * dropped from the stream before it was read shows by the numbers, and is looked for in the store.
 */
final class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final int MOST_AT_ONCE = 100;
    /** What has been read costs Redis memory, and letting go of it a command. */
    private static final int FORGOTTEN_AT_ONCE = 200;

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration NOT_AT_ALL = Duration.ofMillis(1);
    private static final long MIN_PAUSE_MILLIS = 50;
    private static final long MAX_PAUSE_MILLIS = 2_000;

    private final NodeMembership membership;
    private final NodeStreams streams;
    private final Handler handler;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LongAdder heardCount = new LongAdder();
    private final LongAdder missedCount = new LongAdder();

    // Belong to the thread that reads.
    private String nodeId = "";
    /** The number of the last entry that was read. */
    private long position;
    /** Whether reading has failed: another Redis may answer now, which is behind the one that did. */
    private boolean hasFailed;
    /** Up to here the stream has been emptied. */
    private long forgotten;

    private long pauseMillis = MIN_PAUSE_MILLIS;

    /** What is done with what was read; called on the thread that reads, in the order in which it was told. */
    interface Handler {
        void handle(ClusterMessage news, boolean isNext);
    }

    Inbox(NodeMembership membership, NodeStreams streams, Handler handler, Clock clock) {
        this.membership = membership;
        this.streams = streams;
        this.handler = handler;
        this.clock = clock;
    }

    /** How many news were read so far. */
    long heard() {
        return heardCount.sum();
    }

    /** How many entries of the stream were dropped so far before they were read. */
    long missed() {
        return missedCount.sum();
    }

    /** Reads, on the calling thread, until it is closed. */
    void run() {
        boolean stop = isClosed();
        while (!stop) {
            try {
                readSome();
                pauseMillis = MIN_PAUSE_MILLIS;
                stop = isClosed();
            } catch (StoreUnavailableException e) {
                hasFailed = true;
                // Whoever closes this may close Redis before it has noticed.
                if (!isClosed()) {
                    membership.deaf("What other nodes tell could not be read: " + e.getMessage());
                }
                stop = pause();
            } catch (RuntimeException | Error e) {
                log.error("What other nodes tell could not be read", e);
                membership.deaf(e.toString());
                stop = pause();
            }
        }
    }

    private void readSome() {
        String current = membership.id();
        if (!current.equals(nodeId)) {
            nodeId = current;
            position = 0;
            forgotten = 0;
        }
        if (hasFailed) {
            lookForWhatWasDropped();
            hasFailed = false;
        }
        long at = clock.instant().getEpochSecond();
        List<NodeStreams.Entry> entries = streams.read(nodeId, position, MOST_AT_ONCE, WAIT);
        if (entries.isEmpty()) {
            lookForWhatWasDropped();
        }
        entries.forEach(this::take);
        if (entries.size() < MOST_AT_ONCE) {
            membership.heard(at);
        }
        if (position - forgotten >= FORGOTTEN_AT_ONCE || (entries.isEmpty() && position > forgotten)) {
            streams.forget(nodeId, position);
            forgotten = position;
        }
    }

    private void take(NodeStreams.Entry entry) {
        if (entry.number() != position + 1) {
            missed(entry.number() - position - 1);
        }
        position = entry.number();
        try {
            ClusterMessageCodec.read(entry.news()).forEach(this::handle);
        } catch (RuntimeException e) {
            log.error("What another node has told cannot be read", e);
            membership.unsure(e.toString());
        }
    }

    /** Each for itself: what cannot be dealt with keeps no other news from being heard. */
    private void handle(ClusterMessageCodec.Read read) {
        heardCount.increment();
        try {
            handler.handle(read.news(), read.isNext());
        } catch (StoreUnavailableException e) {
            membership.unsure("What was told is looked for when MongoDB is back: " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("What another node has told could not be dealt with; it is looked for in the store", e);
            membership.unsure(e.toString());
        }
    }

    /** There is nothing to read: then nothing may have been told since. */
    private void lookForWhatWasDropped() {
        OptionalLong last = streams.last(nodeId);
        // A replica that has become master may not have had all: what it numbers anew would be taken for what was read.
        if (last.isEmpty() || last.getAsLong() < position) {
            membership.lost(nodeId);
            pause();
        } else if (last.getAsLong() > position) {
            // It may have come just now.
            List<NodeStreams.Entry> entries = streams.read(nodeId, position, MOST_AT_ONCE, NOT_AT_ALL);
            if (entries.isEmpty()) {
                missed(last.getAsLong() - position);
                position = last.getAsLong();
            }
            entries.forEach(this::take);
        }
    }

    private void missed(long count) {
        missedCount.add(count);
        membership.unsure(count + " entries of this node's stream were dropped before they were read");
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Longer after each failure, and never the same for all nodes: they lost Redis at the same moment. */
    private boolean pause() {
        long millis = pauseMillis + ThreadLocalRandom.current().nextLong(pauseMillis);
        pauseMillis = Math.min(pauseMillis * 2, MAX_PAUSE_MILLIS);
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Has {@link #run} end, in some seconds at the most. */
    void close() {
        closed.countDown();
    }
}
