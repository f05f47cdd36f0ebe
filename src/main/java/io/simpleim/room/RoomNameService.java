package io.simpleim.room;

import io.simpleim.model.Room;
import io.simpleim.store.mongo.RoomDao;

/** What rooms are called. Thread-safe. */
public final class RoomNameService {
    private final RoomDirectory directory;
    private final RoomDao rooms;
    private final RoomEventPublisher events;

    public RoomNameService(RoomDirectory directory, RoomDao rooms, RoomEventPublisher events) {
        this.directory = directory;
        this.rooms = rooms;
        this.events = events;
    }

    /** Gives a room another name, at the host's wish; members are told. The name that it has changes nothing. */
    public void rename(String hostId, String roomId, String name) {
        Room room;
        do {
            room = directory.requireHost(roomId, hostId);
            if (room.name().equals(name)) {
                return;
            }
            // The host may have left since it was asked for: then it is asked for again, and refused.
        } while (!rooms.rename(roomId, hostId, name));
        events.renamed(roomId);
    }
}
