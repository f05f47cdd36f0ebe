package io.simpleim.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.cluster.message.Audience;
import io.simpleim.cluster.message.Push;
import io.simpleim.cluster.outbox.Outbox;
import io.simpleim.event.MessagePush;
import io.simpleim.event.PushEvent;
import io.simpleim.feed.Delivery;
import io.simpleim.feed.Delivery.Continuity;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.model.Message;
import io.simpleim.model.Room;
import io.simpleim.push.Frame;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pushes messages and events of rooms to the connections of this node, and through the cluster to those of other nodes.
 * Thread-safe; never waits.
 */
public final class Dispatcher {
    private static final int MAX_ROOMS = 50_000;

    private final RoomFeeds feeds;
    private final Outbox outbox;
    /** Number of the last message that this node has stored in each room. */
    private final Cache<String, Long> storedSeqs =
            Caffeine.newBuilder().maximumSize(MAX_ROOMS).build();
    /** Highest number that other nodes have announced in each room. Saves the numbering of the next message a query. */
    private final Cache<String, Long> announcedSeqs =
            Caffeine.newBuilder().maximumSize(MAX_ROOMS).build();

    public Dispatcher(RoomFeeds feeds, Outbox outbox) {
        this.feeds = feeds;
        this.outbox = outbox;
    }

    /** Returns a number up to which all of a room's numbers are in use, according to other nodes; 0 if none is known. */
    public long announcedSeq(String roomId) {
        Long seq = announcedSeqs.getIfPresent(roomId);
        return seq == null ? 0 : seq;
    }

    /** Notes that another node has announced a message, which is durable. */
    public void noteAnnounced(String roomId, long seq) {
        announcedSeqs.asMap().merge(roomId, seq, Math::max);
    }

    /**
     * Pushes a message that was stored just now. Call in ascending order of the numbers of a room.
     *
     * @param members the members of the room, unmodifiable
     * @param sender the sender, whose own connection is skipped
     */
    public void pushStored(Message message, Room room, Set<String> members, Sender sender) {
        Long before = storedSeqs.asMap().put(message.roomId(), message.seq());
        boolean isNext = before != null && before == message.seq() - 1;
        push(message, room, members, sender, isNext ? Continuity.NEXT : Continuity.NEW);
    }

    /** Pushes a message whose send was repeated: the node that stored it may have died before it pushed the message. */
    public void pushRepeated(Message message, Room room, Set<String> members, Sender sender) {
        push(message, room, members, sender, Continuity.AGAIN);
    }

    private void push(Message message, Room room, Set<String> members, Sender sender, Continuity continuity) {
        String roomId = message.roomId();
        Frame frame = Frame.ofMessage(MessagePush.of(message, room.type()));
        feeds.push(roomId, Delivery.ofMessage(frame, members, sender.userId(), sender.isOwn(), continuity));
        // The outbox replaces the continuity, since only it knows what was sent to other nodes before.
        Push.Numbered numbered = new Push.Numbered(message.seq(), sender.userId(), continuity);
        outbox.publish(new Push(roomId, audience(room, members, ""), sender.sessionId(), frame, numbered));
    }

    /** Pushes an event to all members of a room, except to the sender's own connection. */
    public void pushEvent(Room room, Set<String> members, PushEvent event, Sender sender) {
        pushEvent(room.roomId(), members, audience(room, members, ""), event, sender);
    }

    /** Pushes an event to all members of a room except one. */
    public void pushEventToOthers(Room room, Set<String> members, PushEvent event, String exceptUserId) {
        Set<String> others =
                members.stream().filter(member -> !member.equals(exceptUserId)).collect(Collectors.toUnmodifiableSet());
        pushEvent(room.roomId(), others, audience(room, others, exceptUserId), event, Sender.NOBODY);
    }

    /** Pushes an event in a room to a few users, except to the sender's own connection. */
    public void pushEventTo(String roomId, Collection<String> userIds, PushEvent event, Sender sender) {
        pushEvent(roomId, userIds, Audience.of(userIds), event, sender);
    }

    private void pushEvent(
            String roomId, Collection<String> userIds, Audience audience, PushEvent event, Sender sender) {
        Frame frame = Frame.ofEvent(event);
        feeds.push(roomId, Delivery.ofEvent(frame, userIds, sender.isOwn()));
        if (!userIds.isEmpty()) {
            outbox.publish(new Push(roomId, audience, sender.sessionId(), frame, null));
        }
    }

    /** Names few users one by one, and refers to the room's members if there are many. */
    private static Audience audience(Room room, Set<String> userIds, String except) {
        return userIds.size() <= Audience.MAX_NAMED
                ? Audience.of(userIds)
                : Audience.ofRoom(room.membersVersion(), except);
    }
}
