package io.simpleim.service;

import io.simpleim.model.Room;
import io.simpleim.push.Delivery;
import io.simpleim.push.Events;
import io.simpleim.push.RoomFeeds;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells members who comes and goes. What is told is done already: a failure here is nobody's but ours. Thread-safe. */
public final class RoomEvents {
    private static final Logger log = LoggerFactory.getLogger(RoomEvents.class);

    private final RoomDirectory directory;
    private final RoomFeeds feeds;

    public RoomEvents(RoomDirectory directory, RoomFeeds feeds) {
        this.directory = directory;
        this.feeds = feeds;
    }

    /** A user is a member now. */
    void joined(String roomId, String userId, String byUserId) {
        quietly(() -> directory
                .find(roomId)
                .ifPresent(room ->
                        push(roomId, Events.memberJoined(roomId, userId, byUserId), directory.membersOf(room))));
    }

    /** A user is no member any more. */
    void left(Room before, String userId, String byUserId) {
        quietly(() -> tellLeft(before, userId, byUserId));
    }

    private void tellLeft(Room before, String userId, String byUserId) {
        String roomId = before.roomId();
        Optional<Room> now = directory.find(roomId);
        if (now.isEmpty()) {
            push(roomId, Events.roomDismissed(roomId), Set.of(userId));
            return;
        }
        Set<String> members = directory.membersOf(now.get());
        Set<String> told = new LinkedHashSet<>(members);
        told.add(userId);
        push(roomId, Events.memberLeft(roomId, userId, byUserId), told);
        String host = now.get().hostUserId();
        if (!host.equals(before.hostUserId())) {
            push(roomId, Events.hostChanged(roomId, host), members);
        }
    }

    private void push(String roomId, Object event, Collection<String> userIds) {
        feeds.push(roomId, Delivery.event(event, userIds));
    }

    private static void quietly(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            log.warn("The members of a room were not told of a change: {}", e.getMessage());
        }
    }
}
