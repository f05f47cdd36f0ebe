package io.simpleim.room;

import io.simpleim.model.Room;
import io.simpleim.store.mongo.RoomDao;

/** Renames rooms. Thread-safe. */
public final class RoomNameService {
    private final RoomDirectory directory;
    private final RoomDao rooms;
    private final RoomEventPublisher events;

    public RoomNameService(RoomDirectory directory, RoomDao rooms, RoomEventPublisher events) {
        this.directory = directory;
        this.rooms = rooms;
        this.events = events;
    }

    /**
     * Renames a room on behalf of its host and pushes the new name to its members. Setting the current name has no effect.
     *
     * @param name a valid {@link io.simpleim.model.RoomName}
     * @throws io.simpleim.api.RequestRejected ({@code room_not_found}, {@code not_room_host})
     */
    public void rename(String hostId, String roomId, String name) {
        Room room;
        do {
            room = directory.requireHost(roomId, hostId);
            if (room.name().equals(name)) {
                return;
            }
            // The update fails if the host has changed since the check; then the next check rejects the caller.
        } while (!rooms.rename(roomId, hostId, name));
        events.renamed(roomId);
    }
}
