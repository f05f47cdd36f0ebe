package io.simpleim.conversation;

import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Activity of rooms that is not written yet, by room and by user. Not thread-safe: its owner guards it.
 *
 * <p>Adding a message costs the same for every room. The members of small rooms are indexed. For large rooms, a reader
 * checks the members of each: many small rooms may be active at once, but only few large ones.
 */
final class PendingActivity {
    /** Rooms with more members are large. */
    private static final int MAX_SMALL_ROOM_MEMBERS = 8;

    private final Map<String, RoomActivity> smallRooms = new HashMap<>();
    private final Map<String, List<RoomActivity>> smallRoomsByUser = new HashMap<>();
    private final Map<String, RoomActivity> largeRooms = new HashMap<>();

    /** Activity of one room. */
    static final class RoomActivity {
        private final String roomId;
        private final int roomType;
        private Set<String> members;
        /** Time of the latest activity, in Unix milliseconds. */
        private long activeAtMillis;

        private final Map<String, Long> readSeqs = new HashMap<>(2);

        private RoomActivity(String roomId, int roomType, Set<String> members) {
            this.roomId = roomId;
            this.roomType = roomType;
            this.members = members;
        }

        String roomId() {
            return roomId;
        }

        Set<String> members() {
            return members;
        }

        private ConversationEntry entryOf(String userId) {
            return new ConversationEntry(userId, roomId, roomType, activeAtMillis, readSeqs.getOrDefault(userId, 0L));
        }

        private void merge(RoomActivity older) {
            activeAtMillis = Math.max(activeAtMillis, older.activeAtMillis);
            older.readSeqs.forEach((userId, seq) -> readSeqs.merge(userId, seq, Math::max));
        }
    }

    /** Adds a message. Its sender counts as having read the room up to it. */
    void add(Message message, int roomType, Set<String> members, long nowMillis) {
        RoomActivity room = activityOf(message.roomId(), roomType, members);
        if (isLarge(members)) {
            room.members = members;
        }
        room.activeAtMillis = Math.max(room.activeAtMillis, nowMillis);
        room.readSeqs.merge(message.senderId(), message.seq(), Math::max);
    }

    private static boolean isLarge(Set<String> members) {
        return members.size() > MAX_SMALL_ROOM_MEMBERS;
    }

    private RoomActivity activityOf(String roomId, int roomType, Set<String> members) {
        if (isLarge(members)) {
            return largeRooms.computeIfAbsent(roomId, id -> new RoomActivity(id, roomType, members));
        }
        RoomActivity known = smallRooms.get(roomId);
        // The index depends on the members, so a change of members replaces the known activity.
        return known != null && known.members.equals(members) ? known : replaceSmall(known, roomId, roomType, members);
    }

    private RoomActivity replaceSmall(@Nullable RoomActivity known, String roomId, int roomType, Set<String> members) {
        RoomActivity room = new RoomActivity(roomId, roomType, members);
        if (known != null) {
            room.merge(known);
            removeFromIndex(known);
        }
        smallRooms.put(roomId, room);
        members.forEach(userId -> smallRoomsByUser
                .computeIfAbsent(userId, user -> new ArrayList<>(2))
                .add(room));
        return room;
    }

    private void removeFromIndex(RoomActivity room) {
        room.members.forEach(userId -> {
            List<RoomActivity> rooms = smallRoomsByUser.get(userId);
            if (rooms != null) {
                rooms.remove(room);
            }
        });
    }

    /** Adds one user's entries to a list. */
    void addEntriesOf(String userId, List<ConversationEntry> entries) {
        smallRoomsByUser.getOrDefault(userId, List.of()).forEach(room -> entries.add(room.entryOf(userId)));
        for (RoomActivity room : largeRooms.values()) {
            if (room.members.contains(userId)) {
                entries.add(room.entryOf(userId));
            }
        }
    }

    /** Read positions of a room's senders, by user. */
    Map<String, Long> readSeqs(String roomId) {
        RoomActivity room = smallRooms.getOrDefault(roomId, largeRooms.get(roomId));
        return room == null ? Map.of() : room.readSeqs;
    }

    /** Merges older activity into this. A room that is known here keeps its members. */
    void merge(PendingActivity older) {
        older.smallRooms.values().forEach(this::merge);
        older.largeRooms.values().forEach(this::merge);
    }

    void merge(RoomActivity older) {
        RoomActivity known = smallRooms.getOrDefault(older.roomId, largeRooms.get(older.roomId));
        if (known == null) {
            known = activityOf(older.roomId, older.roomType, older.members);
        }
        known.merge(older);
    }

    /** Removes and returns the large rooms that match. */
    List<RoomActivity> removeLargeRooms(Predicate<RoomActivity> condition) {
        List<RoomActivity> removed = new ArrayList<>();
        largeRooms.values().removeIf(room -> condition.test(room) && removed.add(room));
        return removed;
    }

    Collection<RoomActivity> largeRooms() {
        return largeRooms.values();
    }

    /** An entry for each member of each room. */
    List<ConversationEntry> entries() {
        List<ConversationEntry> entries = new ArrayList<>();
        smallRooms.values().forEach(room -> addEntries(room, entries));
        largeRooms.values().forEach(room -> addEntries(room, entries));
        return entries;
    }

    private static void addEntries(RoomActivity room, List<ConversationEntry> entries) {
        room.members.forEach(userId -> entries.add(room.entryOf(userId)));
    }
}
