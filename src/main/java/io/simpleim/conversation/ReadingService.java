package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.api.RequestRejected;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.dispatch.Sender;
import io.simpleim.event.PushEvent;
import io.simpleim.message.RoomHeads;
import io.simpleim.model.Room;
import io.simpleim.room.RoomDirectory;
import java.time.Duration;
import java.util.Set;

/** Handles what clients report about a room: messages received, messages read, and typing. Thread-safe. */
public final class ReadingService {
    /** Larger rooms do not show read positions, since every report of a reader would be pushed to all other members. */
    private static final int MAX_MEMBERS_WITH_READERS = 100;

    /** Clients show typing for several seconds, so more frequent events are dropped. */
    private static final Duration TYPING_INTERVAL = Duration.ofSeconds(1);

    private static final int MAX_TYPING_EVENTS = 100_000;

    private final RoomDirectory directory;
    private final RoomHeads heads;
    private final Cursors cursors;
    private final Dispatcher dispatcher;
    /** Typing events that were pushed recently. */
    private final Cache<Typing, Boolean> recentTyping = Caffeine.newBuilder()
            .maximumSize(MAX_TYPING_EVENTS)
            .expireAfterWrite(TYPING_INTERVAL)
            .build();

    private record Typing(String roomId, String userId) {}

    public ReadingService(RoomDirectory directory, RoomHeads heads, Cursors cursors, Dispatcher dispatcher) {
        this.directory = directory;
        this.heads = heads;
        this.cursors = cursors;
        this.dispatcher = dispatcher;
    }

    /**
     * Records that all messages up to a number have reached the user. May be repeated.
     *
     * @throws RequestRejected ({@code room_not_found}, {@code not_in_room}; {@code invalid_parameter} if the room has
     *     no such number)
     */
    public void ack(String userId, String roomId, long seq) {
        requireAssigned(directory.requireFor(roomId, userId), seq);
        cursors.acknowledge(userId, roomId, seq, 0);
    }

    /**
     * Records that the user has read all messages up to a number. Pushed to the user's other connections and, in rooms
     * that show readers, to the other members.
     *
     * @throws RequestRejected ({@code room_not_found}, {@code not_in_room}; {@code invalid_parameter} if the room has
     *     no such number)
     */
    public void read(Sender reader, String roomId, long seq) {
        String userId = reader.userId();
        Room room = directory.requireFor(roomId, userId);
        requireAssigned(room, seq);
        cursors.acknowledge(userId, roomId, seq, seq);
        Set<String> members = directory.membersOf(room);
        PushEvent event = new PushEvent.Read(roomId, userId, seq);
        if (showsReaders(members.size())) {
            dispatcher.pushEvent(room, members, event, reader);
        } else {
            dispatcher.pushEventTo(roomId, Set.of(userId), event, reader);
        }
    }

    /** Whether a room with this number of members shows them each other's read positions. */
    static boolean showsReaders(int members) {
        return members <= MAX_MEMBERS_WITH_READERS;
    }

    /**
     * Pushes to the other members that the user is typing, at most once a second.
     *
     * @throws RequestRejected ({@code room_not_found}, {@code not_in_room})
     */
    public void typing(String userId, String roomId) {
        Room room = directory.requireFor(roomId, userId);
        if (recentTyping.asMap().putIfAbsent(new Typing(roomId, userId), true) == null) {
            dispatcher.pushEventToOthers(room, directory.membersOf(room), new PushEvent.Typing(roomId, userId), userId);
        }
    }

    /** Rejects numbers that no message has yet: a cursor beyond the newest message would hide later messages. */
    private void requireAssigned(Room room, long seq) {
        if (seq > room.head().seq() && seq > heads.lastSeq(room)) {
            throw RequestRejected.invalid("seq");
        }
    }
}
