package io.simpleim.message;

import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.concurrent.WriteBehind;
import io.simpleim.model.Message;
import io.simpleim.model.Room;
import io.simpleim.store.Chunks;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest message of each room. Thread-safe.
 *
 * <p>A room head is derived from {@code user_message}, so no sender waits for it: it is written behind, once a second
 * for all messages of a room. Readers miss nothing, even after a crash of any node. They take the written head as a
 * number up to which all numbers are in use, check the next number of all rooms with one query, and continue from there.
 */
public final class RoomHeads implements AutoCloseable {
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_ROOMS_PER_QUERY = 1000;

    /**
     * Heads of further rooms are dropped. Readers still find their messages, and the room's next message writes a new head.
     */
    private static final int MAX_PENDING = 200_000;

    private final RoomDao rooms;
    private final UserMessageDao entries;
    private final WriteBehind<Map<String, Room.Head>> buffer;

    public RoomHeads(RoomDao rooms, UserMessageDao entries) {
        this.rooms = rooms;
        this.entries = entries;
        this.buffer = new WriteBehind<>("room heads", HashMap::new, RoomHeads::merge, rooms::advanceLazily);
    }

    /** Writes pending heads periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing room heads", buffer::flush);
    }

    /** Advances the heads of the rooms to these messages, which must be durable. */
    void advance(List<Message> messages) {
        buffer.update(pending -> {
            for (Message message : messages) {
                advance(pending, message.roomId(), headOf(message));
            }
        });
    }

    private static void advance(Map<String, Room.Head> pending, String roomId, Room.Head head) {
        if (pending.size() < MAX_PENDING || pending.containsKey(roomId)) {
            pending.merge(roomId, head, RoomHeads::newer);
        }
    }

    private static void merge(Map<String, Room.Head> pending, Map<String, Room.Head> older) {
        older.forEach((roomId, head) -> advance(pending, roomId, head));
    }

    /**
     * The number of a room's newest message, 0 if it has none. Includes every message that any node answered before the
     * call.
     *
     * @param room as read from the store at any time
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    public long lastSeq(Room room) {
        return current(List.of(room)).get(0).head().seq();
    }

    /** Like {@link #lastSeq} for several rooms, by room id. */
    public Map<String, Long> lastSeqs(Collection<Room> rooms) {
        Map<String, Long> last = new HashMap<>();
        current(rooms).forEach(room -> last.put(room.roomId(), room.head().seq()));
        return last;
    }

    /** The rooms with their current heads, in the same order. Promises and throws the same as {@link #lastSeq}. */
    public List<Room> current(Collection<Room> stored) {
        List<Room> current = new ArrayList<>(stored.size());
        for (List<Room> chunk : Chunks.of(List.copyOf(stored), MAX_ROOMS_PER_QUERY)) {
            List<Room> known = known(chunk);
            Map<String, Entry> beyond = entriesBeyond(known);
            for (Room room : known) {
                Entry next = beyond.get(room.roomId());
                current.add(next == null ? room : room.withHead(lastHead(next)));
            }
        }
        return current;
    }

    /** The room with the newest head that this node knows, which may be behind. Makes no query. */
    public Room known(Room stored) {
        return known(List.of(stored)).get(0);
    }

    private List<Room> known(List<Room> stored) {
        return buffer.read((writing, pending) -> {
            List<Room> known = new ArrayList<>(stored.size());
            for (Room room : stored) {
                Room.Head head = newest(room, writing.get(room.roomId()), pending.get(room.roomId()));
                known.add(head.equals(room.head()) ? room : room.withHead(head));
            }
            return known;
        });
    }

    private static Room.Head newest(Room stored, Room.@Nullable Head writing, Room.@Nullable Head pending) {
        Room.Head head = stored.head();
        head = writing == null ? head : newer(head, writing);
        return pending == null ? head : newer(head, pending);
    }

    /**
     * For each of these rooms that exists, a number up to which all numbers are in use. It is often the last one, but may
     * be behind. Makes one query.
     */
    Map<String, Long> knownSeqs(Collection<String> roomIds) {
        Map<String, Long> seqs = rooms.lastSeqs(roomIds);
        return buffer.read((writing, pending) -> {
            for (String roomId : roomIds) {
                raise(seqs, roomId, writing.get(roomId));
                raise(seqs, roomId, pending.get(roomId));
            }
            return seqs;
        });
    }

    private static void raise(Map<String, Long> seqs, String roomId, Room.@Nullable Head head) {
        if (head != null) {
            seqs.merge(roomId, head.seq(), Math::max);
        }
    }

    private Map<String, Entry> entriesBeyond(List<Room> known) {
        Map<String, Long> next = new HashMap<>();
        known.forEach(room -> next.put(room.roomId(), room.head().seq() + 1));
        return entries.findOneOfEach(next);
    }

    /** The head of a room that has at least this entry. */
    private Room.Head lastHead(Entry known) {
        long last = entries.lastNumber(known.roomId(), known.seq());
        Entry newest = last == known.seq()
                ? known
                : entries.findNumbers(known.roomId(), List.of(last)).getOrDefault(last, known);
        return new Room.Head(newest.seq(), newest.senderId(), newest.messageId(), newest.createdAt());
    }

    private static Room.Head headOf(Message message) {
        return new Room.Head(message.seq(), message.senderId(), message.messageId(), message.createdAt());
    }

    private static Room.Head newer(Room.Head one, Room.Head other) {
        return other.seq() > one.seq() ? other : one;
    }

    /** Writes all pending heads. */
    @Override
    public void close() {
        buffer.flush();
    }
}
