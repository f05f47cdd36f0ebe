package io.simpleim.conversation;

import io.simpleim.model.Room;
import io.simpleim.store.mongo.UserRoomDao;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Filters the rooms of a conversation list by the user's current memberships. An entry of the list may outlive the
 * membership and the room, so every reader of lists checks it here. Thread-safe.
 */
public final class CurrentMemberships {
    private final UserRoomDao memberships;

    public CurrentMemberships(UserRoomDao memberships) {
        this.memberships = memberships;
    }

    /**
     * The ids of the rooms that the user is in. Makes at most one query.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    Set<String> among(String userId, Collection<Room> rooms) {
        Set<String> current = new HashSet<>();
        rooms.stream()
                .filter(room -> room.isSingle() && room.userIds().contains(userId))
                .forEach(room -> current.add(room.roomId()));
        List<String> groups = rooms.stream()
                .filter(room -> room.isOpen() && !room.isSingle())
                .map(Room::roomId)
                .toList();
        if (!groups.isEmpty()) {
            current.addAll(memberships.roomsAmong(userId, groups));
        }
        return current;
    }
}
