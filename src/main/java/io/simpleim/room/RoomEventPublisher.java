package io.simpleim.room;

import io.simpleim.dispatch.Dispatcher;
import io.simpleim.dispatch.Sender;
import io.simpleim.event.Events;
import io.simpleim.model.Room;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells members who comes and goes, and what the room is called. What is told is done already: a failure here is nobody's but ours. Thread-safe. */
public final class RoomEventPublisher {
    private static final Logger log = LoggerFactory.getLogger(RoomEventPublisher.class);

    private final RoomDirectory directory;
    private final Dispatcher dispatch;

    public RoomEventPublisher(RoomDirectory directory, Dispatcher dispatch) {
        this.directory = directory;
        this.dispatch = dispatch;
    }

    /** A user is a member now. */
    void joined(String roomId, String userId, String byUserId) {
        quietly(() -> directory
                .find(roomId)
                .ifPresent(room -> dispatch.pushEvent(
                        room,
                        directory.membersOf(room),
                        Events.memberJoined(roomId, userId, byUserId),
                        Sender.NOBODY)));
    }

    /** A room has another name. What is told is the one that it has by now. */
    void renamed(String roomId) {
        quietly(() -> directory
                .find(roomId)
                .ifPresent(room -> dispatch.pushEvent(
                        room, directory.membersOf(room), Events.renamed(roomId, room.name()), Sender.NOBODY)));
    }

    /** A user is no member any more. */
    void left(Room before, String userId, String byUserId) {
        quietly(() -> tellLeft(before, userId, byUserId));
    }

    private void tellLeft(Room before, String userId, String byUserId) {
        String roomId = before.roomId();
        Optional<Room> now = directory.find(roomId);
        if (now.isEmpty()) {
            dispatch.pushEventTo(roomId, Set.of(userId), Events.roomDismissed(roomId), Sender.NOBODY);
            return;
        }
        Set<String> members = directory.membersOf(now.get());
        Object left = Events.memberLeft(roomId, userId, byUserId);
        dispatch.pushEvent(now.get(), members, left, Sender.NOBODY);
        if (!members.contains(userId)) {
            dispatch.pushEventTo(roomId, Set.of(userId), left, Sender.NOBODY);
        }
        String host = now.get().hostUserId();
        if (!host.equals(before.hostUserId())) {
            dispatch.pushEvent(now.get(), members, Events.hostChanged(roomId, host), Sender.NOBODY);
        }
    }

    private static void quietly(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            log.warn("The members of a room were not told of a change: {}", e.getMessage());
        }
    }
}
