package io.simpleim.room;

import io.simpleim.dispatch.Dispatcher;
import io.simpleim.dispatch.Sender;
import io.simpleim.event.PushEvent;
import io.simpleim.model.Room;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells members about changes of a room: who joined or left, a new host, a new name. Called after the change is stored, so
 * failures are logged and never reach the caller. Thread-safe.
 */
public final class RoomEventPublisher {
    private static final Logger log = LoggerFactory.getLogger(RoomEventPublisher.class);

    private final RoomDirectory directory;
    private final Dispatcher dispatch;

    public RoomEventPublisher(RoomDirectory directory, Dispatcher dispatch) {
        this.directory = directory;
        this.dispatch = dispatch;
    }

    /** Tells all members, including the new one, that a user joined. */
    void joined(String roomId, String userId, String byUserId) {
        logFailure(() -> directory
                .find(roomId)
                .ifPresent(room -> dispatch.pushEvent(
                        room,
                        directory.membersOf(room),
                        new PushEvent.MemberJoined(roomId, userId, byUserId),
                        Sender.NOBODY)));
    }

    /** Tells all members the name that the room has by now. */
    void renamed(String roomId) {
        logFailure(() -> directory
                .find(roomId)
                .ifPresent(room -> dispatch.pushEvent(
                        room,
                        directory.membersOf(room),
                        PushEvent.RoomUpdated.withName(roomId, room.name()),
                        Sender.NOBODY)));
    }

    /** Tells the remaining members and the user that the user left, and the members if the host changed. */
    void left(Room before, String userId, String byUserId) {
        logFailure(() -> publishLeft(before, userId, byUserId));
    }

    private void publishLeft(Room before, String userId, String byUserId) {
        String roomId = before.roomId();
        Optional<Room> now = directory.find(roomId);
        if (now.isEmpty()) {
            dispatch.pushEventTo(roomId, Set.of(userId), new PushEvent.RoomDismissed(roomId), Sender.NOBODY);
            return;
        }
        Set<String> members = directory.membersOf(now.get());
        PushEvent left = new PushEvent.MemberLeft(roomId, userId, byUserId);
        dispatch.pushEvent(now.get(), members, left, Sender.NOBODY);
        if (!members.contains(userId)) {
            dispatch.pushEventTo(roomId, Set.of(userId), left, Sender.NOBODY);
        }
        String host = now.get().hostUserId();
        if (!host.equals(before.hostUserId())) {
            dispatch.pushEvent(now.get(), members, PushEvent.RoomUpdated.withHost(roomId, host), Sender.NOBODY);
        }
    }

    private static void logFailure(Runnable publication) {
        try {
            publication.run();
        } catch (RuntimeException e) {
            log.warn("The members of a room were not told of a change: {}", e.getMessage());
        }
    }
}
