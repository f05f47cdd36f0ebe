package io.simpleim.conversation;

import io.simpleim.message.RoomHeads;
import io.simpleim.model.Cursor;
import io.simpleim.model.CursorMove;
import io.simpleim.model.Room;
import io.simpleim.model.RoomType;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserRoomDao;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The rooms of a user, how far they have got and how far the user has. Thread-safe. */
public final class UserRooms {
    private static final int LOOKED_UP_AT_ONCE = 500;

    private final ChatLogDao chatLog;
    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final RoomHeads heads;
    private final Cursors cursors;

    public UserRooms(ChatLogDao chatLog, RoomDao rooms, UserRoomDao memberships, RoomHeads heads, Cursors cursors) {
        this.chatLog = chatLog;
        this.rooms = rooms;
        this.memberships = memberships;
        this.heads = heads;
        this.cursors = cursors;
    }

    /**
     * A room that the user is in.
     *
     * @param lastSeq the number of its newest message, 0 while there is none
     * @param ackSeq all up to this number has reached the user
     */
    public record UserRoom(Room room, long lastSeq, long ackSeq) {
        public String roomId() {
            return room.roomId();
        }
    }

    /** Those of a user's rooms that are asked for, the latest activity first. */
    public List<UserRoom> find(String userId, Predicate<UserRoom> wanted) {
        // In this order: what is not pending any more is in the store by then.
        Map<String, CursorMove> pending = cursors.pendingOf(userId);
        List<Cursor> all = new ArrayList<>();
        chatLog.forEachCursor(userId, RoomType.SINGLE, all::add);
        chatLog.forEachCursor(userId, RoomType.GROUP, all::add);
        all.sort(Comparator.comparingLong(Cursor::activeAtMillis).reversed());
        List<UserRoom> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LOOKED_UP_AT_ONCE) {
            List<Cursor> some = all.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, all.size()));
            found.addAll(find(userId, some, pending, wanted));
        }
        return found;
    }

    private List<UserRoom> find(
            String userId, List<Cursor> some, Map<String, CursorMove> pending, Predicate<UserRoom> wanted) {
        Map<String, Room> stored =
                rooms.findAll(some.stream().map(Cursor::roomId).toList());
        Map<String, Long> lastSeqs = heads.lastSeqs(stored.values());
        List<UserRoom> found = new ArrayList<>();
        for (Cursor cursor : some) {
            Room room = stored.get(cursor.roomId());
            if (room != null && room.isOpen()) {
                CursorMove move = pending.get(cursor.roomId());
                long acked = move == null ? cursor.ackSeq() : move.ackedFrom(cursor.ackSeq());
                UserRoom candidate = new UserRoom(room, lastSeqs.getOrDefault(room.roomId(), 0L), acked);
                if (wanted.test(candidate)) {
                    found.add(candidate);
                }
            }
        }
        return membersOnly(userId, found);
    }

    /** An entry of the list may outlive the membership. */
    private List<UserRoom> membersOnly(String userId, List<UserRoom> found) {
        List<String> groups = found.stream()
                .filter(each -> !each.room().isSingle())
                .map(UserRoom::roomId)
                .toList();
        Set<String> memberOf = groups.isEmpty() ? Set.of() : new HashSet<>(memberships.roomsAmong(userId, groups));
        return found.stream()
                .filter(each -> each.room().isSingle() || memberOf.contains(each.roomId()))
                .toList();
    }
}
