package io.simpleim.feed;

import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.push.Place;
import io.simpleim.push.StreamKey;
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
 * Pushes messages and events to the members of rooms who are connected to this node: each stream in the order of its
 * numbers, each message once. A stream has a {@link RoomFeed} while there is something to push, and for some time
 * after.
 *
 * <p>Thread-safe. Pushing never waits for a receiver; only {@link #awaitTurn} blocks.
 */
public final class RoomFeeds {
    private final Hub hub;
    private final FanOut fanOut;
    private final Executor executor;
    private final GapLoader gaps;
    private final LongSupplier nanoTime;
    private final Map<StreamKey, RoomFeed> feeds = new ConcurrentHashMap<>();

    /**
     * @param executor runs rounds and writes to connections
     * @param nanoTime as {@link System#nanoTime()}
     * @param delays receives the nanoseconds from the arrival of a round's first delivery until the network has taken
     *     all of the round; called on any thread
     */
    public RoomFeeds(Hub hub, Executor executor, GapLoader gaps, LongSupplier nanoTime, LongConsumer delays) {
        this.hub = hub;
        this.fanOut = new FanOut(hub, executor, delays);
        this.executor = executor;
        this.gaps = gaps;
        this.nanoTime = nanoTime;
    }

    /** Pushes a message or an event of a room after all earlier ones. Cheap while no member is connected here. */
    public void push(String roomId, Delivery delivery) {
        Place place = delivery.frame().place();
        // An event keeps its place among the messages.
        StreamKey stream = place == null ? StreamKey.ofMessages(roomId) : place.stream();
        offerTo(stream, delivery.userIds(), feed -> feed.offer(delivery));
    }

    /**
     * Pushes the missing messages of a room, if any member is connected here.
     *
     * @param lastSeq a number up to which messages exist
     * @param since the earliest time at which the first missing message was stored, in Unix seconds
     */
    public void catchUp(String roomId, long lastSeq, Collection<String> members, long since) {
        offerTo(StreamKey.ofMessages(roomId), members, feed -> feed.announce(lastSeq, members, since));
    }

    private void offerTo(StreamKey stream, Collection<String> userIds, Predicate<RoomFeed> offer) {
        RoomFeed feed = feeds.get(stream);
        if (feed == null && !hub.isAnyConnected(userIds)) {
            return;
        }
        while (feed == null || !offer.test(feed)) {
            // A retired feed may still be in the map; it is replaced.
            RoomFeed retired = feed;
            feed = feeds.compute(stream, (key, known) -> known == null || known == retired ? newFeed(key) : known);
        }
    }

    /**
     * Registers a message that is about to be stored with its sender's own connections. They may find it in the store before
     * it is pushed, and must not take it for one that they missed.
     */
    public void registerOwnMessage(String messageId, String senderId, Predicate<Connection> isOwn) {
        for (Connection connection : hub.connectionsOf(List.of(senderId))) {
            if (isOwn.test(connection)) {
                connection.registerOwnMessage(messageId);
            }
        }
    }

    /**
     * Blocks until a sender may write to a room, as {@link FeedQueue#awaitTurn}.
     *
     * @return false if that takes longer than {@code timeout}
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean awaitTurn(String roomId, String senderId, Duration timeout) throws InterruptedException {
        RoomFeed feed = feeds.get(StreamKey.ofMessages(roomId));
        return feed == null || feed.awaitTurn(senderId, nanoTime.getAsLong() + timeout.toNanos());
    }

    /** Whether {@link #awaitTurn} would block. */
    public boolean mustWait(String roomId, String senderId) {
        RoomFeed feed = feeds.get(StreamKey.ofMessages(roomId));
        return feed != null && feed.mustWait(senderId);
    }

    /** Removes the feeds that have been idle for longer than a time. */
    public void retireIdle(Duration idle) {
        feeds.forEach((stream, feed) -> {
            if (feed.retire(idle.toNanos())) {
                feeds.remove(stream, feed);
            }
        });
    }

    /** Whether no feed has a round under way. Messages behind a gap that is being loaded may still wait. */
    public boolean isIdle() {
        return feeds.values().stream().allMatch(RoomFeed::isIdle);
    }

    private RoomFeed newFeed(StreamKey stream) {
        return new RoomFeed(fanOut, executor, (feed, gap) -> gaps.load(stream, feed, gap), nanoTime);
    }
}
