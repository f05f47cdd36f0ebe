package io.simpleim.catchup;

import io.simpleim.cluster.Cluster;
import io.simpleim.cluster.ClusterMessage;
import io.simpleim.conversation.Cursors;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.feed.Delivery;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.push.Connection;
import io.simpleim.room.RoomDirectory;
import io.simpleim.session.LoginStatus;
import io.simpleim.session.SessionSweeper;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What this node does with what it hears of others. Thread-safe. */
public final class ClusterEventHandler implements Cluster.Listener {
    private final RoomDirectory directory;
    private final RoomFeeds feeds;
    private final Dispatcher dispatch;
    private final Cursors cursors;
    private final SessionSweeper sweeper;
    private final LoginStatus status;
    private final ClusterCatchUp lookBack;

    public ClusterEventHandler(
            RoomDirectory directory,
            RoomFeeds feeds,
            Dispatcher dispatch,
            Cursors cursors,
            SessionSweeper sweeper,
            LoginStatus status,
            ClusterCatchUp lookBack) {
        this.directory = directory;
        this.feeds = feeds;
        this.dispatch = dispatch;
        this.cursors = cursors;
        this.sweeper = sweeper;
        this.status = status;
        this.lookBack = lookBack;
    }

    @Override
    public void pushed(ClusterMessage.Push push, boolean isNext) {
        Collection<String> userIds = audience(push);
        String own = push.ownSession();
        Predicate<Connection> isOwn =
                connection -> !own.isEmpty() && connection.sessionId().equals(own);
        ClusterMessage.Numbered message = push.message();
        if (message == null) {
            feeds.push(push.roomId(), Delivery.ofEvent(push.frame(), userIds, isOwn));
            return;
        }
        dispatch.heard(push.roomId(), message.seq());
        Delivery.Continuity news = message.isAgain()
                ? Delivery.Continuity.AGAIN
                : isNext ? Delivery.Continuity.NEXT : Delivery.Continuity.NEW;
        feeds.push(push.roomId(), Delivery.ofAnnounced(push.frame(), userIds, message.senderId(), isOwn, news));
    }

    /** Of a room, the same object each time, as long as its members are the same. */
    private Collection<String> audience(ClusterMessage.Push push) {
        ClusterMessage.Audience audience = push.audience();
        if (!audience.isRoom()) {
            return audience.userIds();
        }
        Set<String> members = directory.membersOf(push.roomId(), audience.membersVersion());
        if (audience.except().isEmpty()) {
            return members;
        }
        Set<String> others = new LinkedHashSet<>(members);
        others.remove(audience.except());
        return others;
    }

    @Override
    public void sessionEnded(String sessionId) {
        sweeper.sessionEnded(sessionId);
    }

    @Override
    public void acknowledges(String userId) {
        cursors.acknowledgesElsewhere(userId);
    }

    @Override
    public void moved(Collection<String> userIds) {
        status.moved(userIds);
    }

    @Override
    public void hearing(boolean isHearing) {
        if (isHearing) {
            sweeper.startHearing();
        } else {
            sweeper.stopHearing();
        }
    }

    @Override
    public void lookBack(long since, Runnable done) {
        lookBack.start(since, done);
    }
}
