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
 * Pushes changes of a room to its members: a user joined or left, a new host, a new name. Called after the change is
 * stored, so failures are logged and never reach the caller. Thread-safe.
 */
public final class RoomEventPublisher {
    private static final Logger log = LoggerFactory.getLogger(RoomEventPublisher.class);

    private final RoomDirectory directory;
    private final Dispatcher dispatcher;

    public RoomEventPublisher(RoomDirectory directory, Dispatcher dispatcher) {
        this.directory = directory;
        this.dispatcher = dispatcher;
    }

    /** Pushes to all members, including the new one, that a user joined. */
    void joined(String roomId, String userId, String byUserId) {
        logFailure(() -> directory
                .find(roomId)
                .ifPresent(room -> dispatcher.pushEvent(
                        room,
                        directory.membersOf(room),
                        new PushEvent.MemberJoined(roomId, userId, byUserId),
                        Sender.NOBODY)));
    }

    /** Pushes the current name of the room, as stored, to all members. */
    void renamed(String roomId) {
        logFailure(() -> directory
                .find(roomId)
                .ifPresent(room -> dispatcher.pushEvent(
                        room,
                        directory.membersOf(room),
                        PushEvent.RoomUpdated.withName(roomId, room.name()),
                        Sender.NOBODY)));
    }

    /**
     * Pushes to the remaining members and to the user that the user left, and to the members a changed host. If the room is
     * dismissed, only pushes that to the user.
     *
     * @param before the room before the change
     */
    void left(Room before, String userId, String byUserId) {
        logFailure(() -> publishLeft(before, userId, byUserId));
    }

    private void publishLeft(Room before, String userId, String byUserId) {
        String roomId = before.roomId();
        Optional<Room> now = directory.find(roomId);
        if (now.isEmpty()) {
            dispatcher.pushEventTo(roomId, Set.of(userId), new PushEvent.RoomDismissed(roomId), Sender.NOBODY);
            return;
        }
        Set<String> members = directory.membersOf(now.get());
        PushEvent left = new PushEvent.MemberLeft(roomId, userId, byUserId);
        dispatcher.pushEvent(now.get(), members, left, Sender.NOBODY);
        if (!members.contains(userId)) {
            dispatcher.pushEventTo(roomId, Set.of(userId), left, Sender.NOBODY);
        }
        String host = now.get().hostUserId();
        if (!host.equals(before.hostUserId())) {
            dispatcher.pushEvent(now.get(), members, PushEvent.RoomUpdated.withHost(roomId, host), Sender.NOBODY);
        }
    }

    private static void logFailure(Runnable publication) {
        try {
            publication.run();
        } catch (RuntimeException e) {
            log.warn("Could not push a change of a room to its members: {}", e.getMessage());
        }
    }
}
