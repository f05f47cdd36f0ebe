package io.simpleim.catchup;

import io.simpleim.cluster.ClusterListener;
import io.simpleim.cluster.message.Audience;
import io.simpleim.cluster.message.ClusterMessageHandler;
import io.simpleim.cluster.message.Push;
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

/** Passes cluster messages and changes of the cluster to the services that act on them. Thread-safe. */
public final class ClusterEventHandler implements ClusterMessageHandler, ClusterListener {
    private final RoomDirectory directory;
    private final RoomFeeds feeds;
    private final Dispatcher dispatcher;
    private final Cursors cursors;
    private final SessionSweeper sweeper;
    private final LoginStatus status;
    private final ClusterCatchUp catchUp;

    public ClusterEventHandler(
            RoomDirectory directory,
            RoomFeeds feeds,
            Dispatcher dispatcher,
            Cursors cursors,
            SessionSweeper sweeper,
            LoginStatus status,
            ClusterCatchUp catchUp) {
        this.directory = directory;
        this.feeds = feeds;
        this.dispatcher = dispatcher;
        this.cursors = cursors;
        this.sweeper = sweeper;
        this.status = status;
        this.catchUp = catchUp;
    }

    @Override
    public void push(Push push) {
        Delivery delivery = delivery(push);
        Push.Numbered message = push.message();
        if (message != null) {
            dispatcher.noteAnnounced(push.roomId(), message.seq());
        }
        feeds.push(push.roomId(), delivery);
    }

    private Delivery delivery(Push push) {
        Collection<String> userIds = userIds(push);
        String own = push.ownSession();
        Predicate<Connection> isOwn =
                connection -> !own.isEmpty() && connection.sessionId().equals(own);
        Push.Numbered message = push.message();
        return message == null
                ? Delivery.ofEvent(push.frame(), userIds, isOwn)
                : Delivery.ofAnnounced(push.frame(), userIds, message.senderId(), isOwn, message.continuity());
    }

    /** Returns the same object as long as the members of a room do not change, as {@link Delivery} requires. */
    private Collection<String> userIds(Push push) {
        Audience audience = push.audience();
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
    public void userAcknowledges(String userId) {
        cursors.acknowledgesElsewhere(userId);
    }

    @Override
    public void usersMoved(Collection<String> userIds) {
        status.moved(userIds);
    }

    @Override
    public void receptionChanged(boolean isComplete) {
        if (isComplete) {
            sweeper.startHearing();
        } else {
            sweeper.stopHearing();
        }
    }

    @Override
    public void catchUp(long since, Runnable done) {
        catchUp.request(since, done);
    }
}
