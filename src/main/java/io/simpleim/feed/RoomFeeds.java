package io.simpleim.feed;

import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Pushes what happens in rooms to the members who are connected here: each room's messages in the order of their numbers,
 * and once. Thread-safe; nobody who has something pushed waits for a receiver.
 *
 * <p>A room has a {@link RoomFeed} while there is something to push in it, and for some time after.
 */
public final class RoomFeeds {
    private final Hub hub;
    private final FanOut fanOut;
    private final Executor executor;
    private final GapLoader late;
    private final LongSupplier nanoTime;
    private final Map<String, RoomFeed> feeds = new ConcurrentHashMap<>();

    /**
     * @param executor pushes
     * @param late finds what was not heard of
     * @param nanoTime as {@link System#nanoTime()}
     * @param pushed told, each time that a room's deliveries are with the networks of all who get them, how many
     *     nanoseconds after the first of them was to be pushed; on any thread
     */
    public RoomFeeds(Hub hub, Executor executor, GapLoader late, LongSupplier nanoTime, LongConsumer pushed) {
        this.hub = hub;
        this.fanOut = new FanOut(hub, executor, pushed);
        this.executor = executor;
        this.late = late;
        this.nanoTime = nanoTime;
    }

    /** Has something pushed in a room, after what came before. Costs nothing while no member is connected here. */
    public void push(String roomId, Delivery delivery) {
        with(roomId, delivery.userIds(), feed -> feed.offer(delivery));
    }

    /**
     * Has pushed what is missing of a room that has messages up to a number, as far as anybody is connected who should have
     * it.
     *
     * @param since when the first of those was stored at the earliest, in Unix seconds
     */
    public void catchUp(String roomId, long lastSeq, Collection<String> members, long since) {
        with(roomId, members, feed -> feed.announce(lastSeq, members, since));
    }

    private void with(String roomId, Collection<String> userIds, Predicate<RoomFeed> offer) {
        RoomFeed feed = feeds.get(roomId);
        if (feed == null && !hub.isAnyConnected(userIds)) {
            return;
        }
        while (feed == null || !offer.test(feed)) {
            // One that is retired leaves the map before or after this; either way there is a new one now.
            RoomFeed gone = feed;
            feed = feeds.compute(roomId, (id, known) -> known == null || known == gone ? newFeed(id) : known);
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

    private RoomFeed newFeed(String roomId) {
        return new RoomFeed(fanOut, executor, (feed, gap) -> late.fill(roomId, feed, gap), nanoTime);
    }
}
