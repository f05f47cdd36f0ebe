package io.simpleim.service;

import io.simpleim.model.Room;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How far rooms have got. Thread-safe. */
public final class RoomHeads {
    /** The number of the newest message of a room, 0 while there is none. */
    public long lastSeq(Room room) {
        return room.head().seq();
    }

    /** As {@link #lastSeq}, of several rooms, by room. */
    public Map<String, Long> lastSeqs(Collection<Room> rooms) {
        Map<String, Long> last = new HashMap<>();
        rooms.forEach(room -> last.put(room.roomId(), lastSeq(room)));
        return last;
    }
}
