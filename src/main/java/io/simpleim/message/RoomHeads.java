package io.simpleim.message;

import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.model.Message;
import io.simpleim.model.Room;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far rooms have got. Thread-safe.
 *
 * <p>What a room says of its newest message follows from {@code user_message}, so no sender waits for it: it is gathered
 * here and written once a second, once for all messages of a room. Readers do not wait for it either, nor lose it
 * by a crash, here or on another node: they take what the room says for a number up to which all are in use, look whether
 * the next one is too, with one question for all rooms, and go on from there.
 */
public final class RoomHeads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RoomHeads.class);
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
    private static final int ASKED_AT_ONCE = 1000;

    /** Rooms beyond that are not told of messages; readers find them all the same, and the next message tells. */
    private static final int MOST = 200_000;

    private final RoomDao rooms;
    private final UserMessageDao entries;

    // Guarded by this. A head is in writing from the moment it leaves pending until the store has it.
    private Map<String, Room.Head> pending = new HashMap<>();
    private Map<String, Room.Head> writing = Map.of();

    public RoomHeads(RoomDao rooms, UserMessageDao entries) {
        this.rooms = rooms;
        this.entries = entries;
    }

    /** Has what is pending written periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing room heads", this::flush);
    }

    /** Notes the messages that sends have led to; all are durable. */
    synchronized void note(List<PendingSend> sends) {
        for (PendingSend send : sends) {
            Message message = send.message();
            if (message != null) {
                note(message.roomId(), headOf(message));
            }
        }
    }

    private void note(String roomId, Room.Head head) {
        if (pending.size() < MOST || pending.containsKey(roomId)) {
            pending.merge(roomId, head, RoomHeads::newer);
        }
    }

    /**
     * The number of a room's newest message, 0 while there is none. No message is missed that was answered before the
     * call, on whatever node.
     *
     * @param room as it was read from the store, at any time
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    public long lastSeq(Room room) {
        return current(List.of(room)).get(0).head().seq();
    }

    /** As {@link #lastSeq}, of several rooms, by room. */
    public Map<String, Long> lastSeqs(Collection<Room> rooms) {
        Map<String, Long> last = new HashMap<>();
        current(rooms).forEach(room -> last.put(room.roomId(), room.head().seq()));
        return last;
    }

    /** Rooms with the heads that they have now, in the same order; as {@link #lastSeq}. */
    public List<Room> current(Collection<Room> stored) {
        List<Room> known = known(stored);
        List<Room> current = new ArrayList<>(known.size());
        for (int from = 0; from < known.size(); from += ASKED_AT_ONCE) {
            List<Room> some = known.subList(from, Math.min(from + ASKED_AT_ONCE, known.size()));
            Map<String, Entry> beyond = entriesBeyond(some);
            for (Room room : some) {
                Entry next = beyond.get(room.roomId());
                current.add(next == null ? room : room.withHead(last(next)));
            }
        }
        return current;
    }

    /** A room with the newest head that this node knows of, without asking the store. */
    public synchronized Room known(Room stored) {
        Room.Head head = stored.head();
        head = newer(head, writing.getOrDefault(stored.roomId(), head));
        head = newer(head, pending.getOrDefault(stored.roomId(), head));
        return head.equals(stored.head()) ? stored : stored.withHead(head);
    }

    private List<Room> known(Collection<Room> stored) {
        List<Room> known = new ArrayList<>(stored.size());
        stored.forEach(room -> known.add(known(room)));
        return known;
    }

    /** Numbers up to which all are in use, of those rooms that are there; often the last ones. */
    Map<String, Long> notedSeqs(Collection<String> roomIds) {
        Map<String, Long> noted = rooms.lastSeqs(roomIds);
        synchronized (this) {
            for (String roomId : roomIds) {
                raise(noted, roomId, writing.get(roomId));
                raise(noted, roomId, pending.get(roomId));
            }
        }
        return noted;
    }

    private static void raise(Map<String, Long> noted, String roomId, Room.@Nullable Head head) {
        if (head != null) {
            noted.merge(roomId, head.seq(), Math::max);
        }
    }

    private Map<String, Entry> entriesBeyond(List<Room> known) {
        Map<String, Long> next = new HashMap<>();
        known.forEach(room -> next.put(room.roomId(), room.head().seq() + 1));
        return entries.findOneOfEach(next);
    }

    /** The head of a room that is known to have got at least as far as an entry. */
    private Room.Head last(Entry known) {
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

    private void flush() {
        Map<String, Room.Head> taken = takePending();
        try {
            rooms.advanceLazily(taken);
        } catch (RuntimeException e) {
            log.warn("Rooms could not be told of their newest messages and will be later: {}", e.getMessage());
            putBack(taken);
        } finally {
            synchronized (this) {
                writing = Map.of();
            }
        }
    }

    private synchronized Map<String, Room.Head> takePending() {
        writing = pending;
        pending = new HashMap<>();
        return writing;
    }

    private synchronized void putBack(Map<String, Room.Head> taken) {
        taken.forEach(this::note);
    }

    /** Writes what is left. */
    @Override
    public void close() {
        flush();
    }
}
