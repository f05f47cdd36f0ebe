package io.simpleim.feed;

import io.simpleim.event.MessagePush;
import io.simpleim.push.Frame;
import io.simpleim.push.StreamKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the messages of gaps from the store: those whose announcement was lost or is late. Thread-safe; reads on the
 * blocking executor, and repeats a read that fails.
 */
public final class GapLoader {
    private static final Logger log = LoggerFactory.getLogger(GapLoader.class);

    /** Most late announcements arrive within this time. */
    private static final int GRACE_MILLIS = 100;

    private static final int RETRY_MILLIS = 1000;
    /** Maximum number of messages that are read and then pushed together. */
    private static final int MAX_READ = 200;
    /** The first read of a search for the start: a quiet room has rarely had more messages within some seconds. */
    private static final int FIRST_READ = 5;

    /** In a larger gap, a gap event stands for the oldest messages, which stay in the history. */
    private static final int MAX_GAP = 10_000;

    private final ScheduledExecutorService timer;
    private final Executor blocking;
    private final GapSource source;
    private final Coverage coverage;
    private final LongAdder reads = new LongAdder();

    /**
     * @param timer starts delayed and repeated reads
     * @param blocking reads from the store
     * @param coverage bounds how far back a gap may reach
     */
    public GapLoader(ScheduledExecutorService timer, Executor blocking, GapSource source, Coverage coverage) {
        this.timer = timer;
        this.blocking = blocking;
        this.source = source;
        this.coverage = coverage;
    }

    /** The number of attempts to load a gap since the start. */
    public long reads() {
        return reads.sum();
    }

    /** Loads a gap and passes the messages to the feed, possibly later on another thread. */
    void load(StreamKey stream, RoomFeed feed, Gap gap) {
        if (gap.isStartUnknown() && coverage.isAlone() && feed.missedSince() == FeedQueue.NEVER) {
            feed.startAfter(gap.beforeSeq() - 1, Map.of(), gap.beforeSeq());
        } else if (gap.isUrgent()) {
            startRead(stream, feed, gap);
        } else {
            startReadAfter(GRACE_MILLIS, stream, feed, gap);
        }
    }

    private void startReadAfter(int millis, StreamKey stream, RoomFeed feed, Gap gap) {
        Future<?> unused = timer.schedule(() -> startRead(stream, feed, gap), millis, TimeUnit.MILLISECONDS);
    }

    /** Never gives up: a feed that gets no answer would stop. */
    private void startRead(StreamKey stream, RoomFeed feed, Gap gap) {
        try {
            blocking.execute(() -> read(stream, feed, gap));
        } catch (RejectedExecutionException e) {
            log.debug("All threads that read gaps are busy; trying again later");
            startReadAfter(RETRY_MILLIS, stream, feed, gap);
        }
    }

    private void read(StreamKey stream, RoomFeed feed, Gap gap) {
        reads.increment();
        try {
            if (gap.isStartUnknown()) {
                findStart(stream, feed, gap);
            } else {
                readPart(stream, feed, gap);
            }
        } catch (RuntimeException e) {
            log.warn("A gap in a room could not be read; trying again: {}", e.getMessage());
            startReadAfter(RETRY_MILLIS, stream, feed, gap);
        }
    }

    /** Reads the first part of a gap. The feed then asks for the rest, if there is any. */
    private void readPart(StreamKey stream, RoomFeed feed, Gap gap) {
        long firstSeq = gap.beforeSeq() - MAX_GAP;
        if (firstSeq > gap.afterSeq() + 1) {
            Delivery skipped = Delivery.ofGap(Frame.ofGap(stream, gap.afterSeq(), firstSeq), gap.userIds());
            feed.fill(Map.of(firstSeq - 1, skipped), firstSeq);
            return;
        }
        long before = Math.min(gap.beforeSeq(), gap.afterSeq() + 1 + MAX_READ);
        feed.fill(toDeliveries(source.between(stream, gap.afterSeq(), before), gap), before);
    }

    /** Reads backwards until it meets a message that no connected user can have missed. */
    private void findStart(StreamKey stream, RoomFeed feed, Gap gap) {
        // The coverage first: it moves on only after the missed messages have been announced to the feed.
        long since = Math.min(coverage.since(), feed.missedSince());
        List<MessagePush> missed = new ArrayList<>();
        long after = gap.beforeSeq() - 1;
        int count = FIRST_READ;
        boolean isSearching = true;
        while (isSearching && after > 0 && missed.size() < MAX_GAP) {
            long from = Math.max(0, after - count);
            long coveredUpTo = 0;
            int before = missed.size();
            for (MessagePush push : source.between(stream, from, after + 1)) {
                if (push.createdAt() < since) {
                    coveredUpTo = push.seq();
                } else {
                    missed.add(push);
                }
            }
            isSearching = coveredUpTo == 0 && missed.size() > before;
            after = isSearching ? from : coveredUpTo;
            count = MAX_READ;
        }
        feed.startAfter(after, toDeliveries(missed, gap), gap.beforeSeq());
    }

    private static Map<Long, Delivery> toDeliveries(List<MessagePush> found, Gap gap) {
        Map<Long, Delivery> bySeq = new HashMap<>();
        found.forEach(push -> bySeq.put(push.seq(), Delivery.ofLateMessage(push, gap.userIds())));
        return bySeq;
    }
}
