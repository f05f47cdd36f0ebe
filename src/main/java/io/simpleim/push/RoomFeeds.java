package io.simpleim.push;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what happens in rooms to the members who are connected here: each room's messages in the order of their numbers,
 * and once. Thread-safe; nobody who has something pushed waits for a receiver.
 *
 * <p>A room has a {@link RoomFeed} while there is something to push in it, and for some time after.
 */
public final class RoomFeeds {
    private static final Logger log = LoggerFactory.getLogger(RoomFeeds.class);

    /** What is late mostly comes by itself within this time. */
    private static final int LATE_MILLIS = 100;

    private static final int TRY_AGAIN_MILLIS = 1000;

    private final Hub hub;
    private final FanOut fanOut;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Executor blocking;
    private final Missing missing;
    private final LongSupplier nanoTime;
    private final Map<String, RoomFeed> feeds = new ConcurrentHashMap<>();

    /** Where messages are found that were not heard of. */
    public interface Missing {
        /** The messages of a room between two numbers, both excluded, as far as there are any. */
        List<MessagePush> between(String roomId, long afterSeq, long beforeSeq);
    }

    /**
     * @param executor pushes
     * @param blocking looks for what is missing
     * @param nanoTime as {@link System#nanoTime()}
     */
    public RoomFeeds(
            Hub hub,
            Executor executor,
            ScheduledExecutorService timer,
            Executor blocking,
            Missing missing,
            LongSupplier nanoTime) {
        this.hub = hub;
        this.fanOut = new FanOut(hub, executor);
        this.executor = executor;
        this.timer = timer;
        this.blocking = blocking;
        this.missing = missing;
        this.nanoTime = nanoTime;
    }

    /** Has something pushed in a room, after what came before. Costs nothing while no member is connected here. */
    public void push(String roomId, Delivery delivery) {
        RoomFeed feed = feeds.get(roomId);
        if (feed == null && !hub.isAnyConnected(delivery.userIds())) {
            return;
        }
        while (feed == null || !feed.offer(delivery)) {
            // One that is retired leaves the map before or after this; either way there is a new one now.
            RoomFeed gone = feed;
            feed = feeds.compute(roomId, (id, known) -> known == null || known == gone ? newFeed() : known);
        }
    }

    /**
     * A message is about to be stored: its sender's own connections may find it there before it is pushed, and are not to
     * take it for one that was missed.
     */
    public void announce(String messageId, String senderId, Predicate<Connection> own) {
        for (Connection connection : hub.connectionsOf(List.of(senderId))) {
            if (own.test(connection)) {
                connection.sends(messageId);
            }
        }
    }

    /**
     * As {@link #push}, of a message that may have been pushed long ago: it is, if it is the one that is missing, and else
     * it is let go.
     */
    public void pushAgain(String roomId, Delivery delivery) {
        RoomFeed feed = feeds.get(roomId);
        if (feed != null) {
            // One that is retired has pushed nothing for long: so has nobody been told of what came before.
            boolean unused = feed.offer(delivery.again());
        }
    }

    /**
     * Waits until a sender may write to a room again; see {@link RoomFeed#awaitTurn}.
     *
     * @return false if it takes longer than that
     */
    public boolean awaitTurn(String roomId, String senderId, Duration atMost) throws InterruptedException {
        RoomFeed feed = feeds.get(roomId);
        return feed == null || feed.awaitTurn(senderId, nanoTime.getAsLong() + atMost.toNanos());
    }

    /** Whether a sender would have to wait. */
    public boolean isTooFast(String roomId, String senderId) {
        RoomFeed feed = feeds.get(roomId);
        return feed != null && feed.isTooFast(senderId);
    }

    /** Forgets rooms in which nothing has happened for some time. */
    public void retireIdle(Duration idle) {
        feeds.forEach((roomId, feed) -> {
            if (feed.retire(idle.toNanos())) {
                feeds.remove(roomId, feed);
            }
        });
    }

    /** Whether all that was to be pushed is with the connections. */
    public boolean isIdle() {
        return feeds.values().stream().allMatch(RoomFeed::isIdle);
    }

    private RoomFeed newFeed() {
        return new RoomFeed(fanOut, executor, (feed, gap) -> fillAfter(LATE_MILLIS, feed, gap), nanoTime);
    }

    private void fillAfter(int millis, RoomFeed feed, RoomFeed.Gap gap) {
        Future<?> unused = timer.schedule(() -> startToFill(feed, gap), millis, TimeUnit.MILLISECONDS);
    }

    /** A feed that is never told of the outcome would hand on nothing more. */
    private void startToFill(RoomFeed feed, RoomFeed.Gap gap) {
        try {
            blocking.execute(() -> fill(feed, gap));
        } catch (RejectedExecutionException e) {
            log.debug("Too much is being looked for; what is missing in a room has to wait");
            fillAfter(TRY_AGAIN_MILLIS, feed, gap);
        }
    }

    private void fill(RoomFeed feed, RoomFeed.Gap gap) {
        Delivery next = gap.next();
        String roomId = String.valueOf(next.frame().roomId());
        try {
            Map<Long, Delivery> found = new HashMap<>();
            missing.between(roomId, gap.afterSeq(), gap.beforeSeq())
                    .forEach(push -> found.put(
                            push.seq(),
                            new Delivery(
                                    Frame.ofMessage(push), next.userIds(), push.sendUserId(), connection -> false)));
            feed.filled(found, gap.beforeSeq());
        } catch (RuntimeException e) {
            log.warn("What is missing in a room is looked for again: {}", e.getMessage());
            fillAfter(TRY_AGAIN_MILLIS, feed, gap);
        }
    }
}
