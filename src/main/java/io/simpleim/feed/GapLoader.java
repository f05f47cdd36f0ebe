package io.simpleim.feed;

import io.simpleim.event.MessagePush;
import io.simpleim.push.Frame;
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

/** Finds in the store the messages of rooms that nobody has told of, or not in time. Thread-safe. */
public final class GapLoader {
    private static final Logger log = LoggerFactory.getLogger(GapLoader.class);

    /** What is late mostly comes by itself within this time. */
    private static final int LATE_MILLIS = 100;

    private static final int TRY_AGAIN_MILLIS = 1000;
    /** What is read from the store, and then pushed, at once. */
    private static final int READ_AT_ONCE = 200;
    /** A room in which nothing was told of has rarely had more within some seconds. */
    private static final int READ_FIRST = 5;

    /** Of more than so many that were missed in a room the first are left to the history, after an event that says so. */
    private static final int MOST_LATE = 10_000;

    private final ScheduledExecutorService timer;
    private final Executor blocking;
    private final Missing missing;
    private final Coverage coverage;
    private final LongAdder looks = new LongAdder();

    /** Where messages are found that were not heard of. */
    public interface Missing {
        /** The messages of a room between two numbers, both excluded, in their order, as far as there are any. */
        List<MessagePush> between(String roomId, long afterSeq, long beforeSeq);
    }

    /**
     * @param blocking looks for what is missing
     * @param coverage says how far back what is missing may reach
     */
    public GapLoader(ScheduledExecutorService timer, Executor blocking, Missing missing, Coverage coverage) {
        this.timer = timer;
        this.blocking = blocking;
        this.missing = missing;
        this.coverage = coverage;
    }

    /** How often the store was looked at so far for messages of a room that were not heard of. */
    public long looks() {
        return looks.sum();
    }

    /** Tells a feed of what it is missing, later. */
    void fill(String roomId, RoomFeed feed, RoomFeed.Gap gap) {
        if (gap.isBeginning() && coverage.isAlone() && feed.missedSince() == RoomFeed.NEVER) {
            feed.begins(gap.beforeSeq() - 1, Map.of(), gap.beforeSeq());
        } else if (gap.isOverdue()) {
            startToFill(roomId, feed, gap);
        } else {
            fillAfter(LATE_MILLIS, roomId, feed, gap);
        }
    }

    private void fillAfter(int millis, String roomId, RoomFeed feed, RoomFeed.Gap gap) {
        Future<?> unused = timer.schedule(() -> startToFill(roomId, feed, gap), millis, TimeUnit.MILLISECONDS);
    }

    /** A feed that is never told of the outcome would hand on nothing more. */
    private void startToFill(String roomId, RoomFeed feed, RoomFeed.Gap gap) {
        try {
            blocking.execute(() -> fillNow(roomId, feed, gap));
        } catch (RejectedExecutionException e) {
            log.debug("Too much is being looked for; what is missing in a room has to wait");
            fillAfter(TRY_AGAIN_MILLIS, roomId, feed, gap);
        }
    }

    private void fillNow(String roomId, RoomFeed feed, RoomFeed.Gap gap) {
        looks.increment();
        try {
            if (gap.isBeginning()) {
                begin(roomId, feed, gap);
            } else {
                fillSome(roomId, feed, gap);
            }
        } catch (RuntimeException e) {
            log.warn("What is missing in a room is looked for again: {}", e.getMessage());
            fillAfter(TRY_AGAIN_MILLIS, roomId, feed, gap);
        }
    }

    private void fillSome(String roomId, RoomFeed feed, RoomFeed.Gap gap) {
        long firstSeq = gap.beforeSeq() - MOST_LATE;
        if (firstSeq > gap.afterSeq() + 1) {
            Frame event = Frame.gap(roomId, gap.afterSeq(), firstSeq);
            Delivery rest = new Delivery(event, gap.userIds(), "", connection -> false);
            feed.filled(Map.of(firstSeq - 1, rest), firstSeq);
            return;
        }
        long before = Math.min(gap.beforeSeq(), gap.afterSeq() + 1 + READ_AT_ONCE);
        feed.filled(late(missing.between(roomId, gap.afterSeq(), before), gap), before);
    }

    /** Goes back from what is to be handed on until it meets what nobody can have missed. */
    private void begin(String roomId, RoomFeed feed, RoomFeed.Gap gap) {
        // In this order: who announces what was missed does so before that is covered.
        long since = Math.min(coverage.since(), feed.missedSince());
        List<MessagePush> recent = new ArrayList<>();
        long after = gap.beforeSeq() - 1;
        int count = READ_FIRST;
        boolean goesOn = true;
        while (goesOn && after > 0 && recent.size() < MOST_LATE) {
            long from = Math.max(0, after - count);
            long coveredUpTo = 0;
            int before = recent.size();
            for (MessagePush push : missing.between(roomId, from, after + 1)) {
                if (push.createdAt() < since) {
                    coveredUpTo = push.seq();
                } else {
                    recent.add(push);
                }
            }
            goesOn = coveredUpTo == 0 && recent.size() > before;
            after = goesOn ? from : coveredUpTo;
            count = READ_AT_ONCE;
        }
        feed.begins(after, late(recent, gap), gap.beforeSeq());
    }

    private static Map<Long, Delivery> late(List<MessagePush> found, RoomFeed.Gap gap) {
        Map<Long, Delivery> late = new HashMap<>();
        found.forEach(push -> late.put(push.seq(), Delivery.late(push, gap.userIds())));
        return late;
    }
}
