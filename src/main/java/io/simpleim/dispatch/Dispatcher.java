package io.simpleim.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.cluster.ClusterMessage;
import io.simpleim.cluster.Outbox;
import io.simpleim.event.MessagePush;
import io.simpleim.event.PushEvent;
import io.simpleim.feed.Delivery;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.model.Message;
import io.simpleim.model.Room;
import io.simpleim.push.Frame;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings what happens in rooms to who is connected: to this node's connections, and to the other nodes that have some.
 * Thread-safe; never waits.
 */
public final class Dispatcher {
    private static final int REMEMBERED_ROOMS = 50_000;

    private final RoomFeeds feeds;
    private final Outbox outbox;
    /** Of each room, the last message that this node has stored. */
    private final Cache<String, Long> lastStored =
            Caffeine.newBuilder().maximumSize(REMEMBERED_ROOMS).build();
    /** Of each room, the last message that another node has told of: whoever stores the next one begins there. */
    private final Cache<String, Long> lastHeard =
            Caffeine.newBuilder().maximumSize(REMEMBERED_ROOMS).build();

    public Dispatcher(RoomFeeds feeds, Outbox outbox) {
        this.feeds = feeds;
        this.outbox = outbox;
    }

    /** A number up to which all of a room's are in use, as far as other nodes have told; 0 if they have not. */
    public long lastHeard(String roomId) {
        Long known = lastHeard.getIfPresent(roomId);
        return known == null ? 0 : known;
    }

    /** Another node has told of a message, which it does when it is safe. */
    public void heard(String roomId, long seq) {
        lastHeard.asMap().merge(roomId, seq, Math::max);
    }

    /**
     * A message is stored. To be called in the order of a room's numbers.
     *
     * @param members those of the room
     */
    public void stored(Message message, Room room, Set<String> members, Sender sender) {
        Long before = lastStored.asMap().put(message.roomId(), message.seq());
        boolean isNext = before != null && before == message.seq() - 1;
        dispatch(message, room, members, sender, isNext ? Delivery.Continuity.NEXT : Delivery.Continuity.NEW);
    }

    /** A message was stored long ago, and whoever has stored it may not have come to tell of it. */
    public void storedAgain(Message message, Room room, Set<String> members, Sender sender) {
        dispatch(message, room, members, sender, Delivery.Continuity.AGAIN);
    }

    private void dispatch(Message message, Room room, Set<String> members, Sender sender, Delivery.Continuity news) {
        String roomId = message.roomId();
        Frame frame = Frame.ofMessage(MessagePush.of(message, room.type()));
        feeds.push(roomId, Delivery.ofMessage(frame, members, sender.userId(), sender.isOwn(), news));
        ClusterMessage.Numbered numbered =
                new ClusterMessage.Numbered(message.seq(), sender.userId(), news == Delivery.Continuity.AGAIN);
        outbox.tell(new ClusterMessage.Push(roomId, audience(room, members, ""), sender.sessionId(), frame, numbered));
    }

    /** Tells all members of a room of an event, but for the own connection of who has brought it about. */
    public void event(Room room, Set<String> members, PushEvent event, Sender by) {
        tell(room.roomId(), members, audience(room, members, ""), event, by);
    }

    /** Tells all members of a room of an event but one. */
    public void eventToOthers(Room room, Set<String> members, PushEvent event, String exceptUserId) {
        Set<String> others =
                members.stream().filter(member -> !member.equals(exceptUserId)).collect(Collectors.toUnmodifiableSet());
        tell(room.roomId(), others, audience(room, others, exceptUserId), event, Sender.NOBODY);
    }

    /** Tells some users, who are few, of an event in a room. */
    public void eventTo(String roomId, Collection<String> userIds, PushEvent event, Sender by) {
        tell(roomId, userIds, ClusterMessage.Audience.of(userIds), event, by);
    }

    private void tell(
            String roomId, Collection<String> userIds, ClusterMessage.Audience audience, PushEvent event, Sender by) {
        Frame frame = Frame.ofEvent(event);
        feeds.push(roomId, Delivery.ofEvent(frame, userIds, by.isOwn()));
        if (!userIds.isEmpty()) {
            outbox.tell(new ClusterMessage.Push(roomId, audience, by.sessionId(), frame, null));
        }
    }

    private static ClusterMessage.Audience audience(Room room, Set<String> userIds, String except) {
        return userIds.size() <= ClusterMessage.FEW
                ? ClusterMessage.Audience.of(userIds)
                : ClusterMessage.Audience.ofRoom(room.membersVersion(), except);
    }
}
