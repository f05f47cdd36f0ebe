package io.simpleim.conversation;

import io.simpleim.message.RoomHeads;
import io.simpleim.model.Cursor;
import io.simpleim.model.Room;
import io.simpleim.store.Chunks;
import io.simpleim.store.mongo.RoomDao;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the rooms of a user, with the number of the newest message and the user's cursor. Thread-safe. */
public final class UserRooms {
    private static final int MAX_ROOMS_PER_QUERY = 500;

    private final ConversationState state;
    private final CurrentMemberships memberships;
    private final RoomDao rooms;
    private final RoomHeads heads;

    public UserRooms(ConversationState state, CurrentMemberships memberships, RoomDao rooms, RoomHeads heads) {
        this.state = state;
        this.memberships = memberships;
        this.rooms = rooms;
        this.heads = heads;
    }

    /**
     * A room that the user is in.
     *
     * @param lastSeq number of the newest message; 0 if the room has no message
     * @param ackSeq all messages up to this number have reached the user
     */
    public record UserRoom(Room room, long lastSeq, long ackSeq) {
        public String roomId() {
            return room.roomId();
        }
    }

    /**
     * A user's rooms that match, latest activity first. Reads all rooms of the user.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    public List<UserRoom> find(String userId, Predicate<UserRoom> wanted) {
        List<UserRoom> found = new ArrayList<>();
        for (List<Cursor> cursors : Chunks.of(state.cursors(userId), MAX_ROOMS_PER_QUERY)) {
            List<UserRoom> candidates = read(cursors).stream().filter(wanted).toList();
            Set<String> current = memberships.among(
                    userId, candidates.stream().map(UserRoom::room).toList());
            candidates.stream().filter(room -> current.contains(room.roomId())).forEach(found::add);
        }
        return found;
    }

    private List<UserRoom> read(List<Cursor> cursors) {
        Map<String, Room> stored =
                rooms.findAll(cursors.stream().map(Cursor::roomId).toList());
        Map<String, Long> lastSeqs = heads.lastSeqs(stored.values());
        List<UserRoom> read = new ArrayList<>(cursors.size());
        for (Cursor cursor : cursors) {
            Room room = stored.get(cursor.roomId());
            if (room != null) {
                read.add(new UserRoom(room, lastSeqs.getOrDefault(room.roomId(), 0L), cursor.ackSeq()));
            }
        }
        return read;
    }
}
