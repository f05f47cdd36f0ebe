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
    /** Larger rooms do not show read positions: each member's reading would be pushed to all the others. */
    private static final int MAX_MEMBERS_WITH_READERS = 100;

    /** Clients show typing for several seconds, so more frequent events are dropped. */
    private static final Duration TYPING_INTERVAL = Duration.ofSeconds(1);

    private static final int MAX_TYPING = 100_000;

    private final RoomDirectory directory;
    private final RoomHeads heads;
    private final Cursors cursors;
    private final Dispatcher dispatch;
    private final Cache<Typing, Boolean> typing = Caffeine.newBuilder()
            .maximumSize(MAX_TYPING)
            .expireAfterWrite(TYPING_INTERVAL)
            .build();

    private record Typing(String roomId, String userId) {}

    public ReadingService(RoomDirectory directory, RoomHeads heads, Cursors cursors, Dispatcher dispatch) {
        this.directory = directory;
        this.heads = heads;
        this.cursors = cursors;
        this.dispatch = dispatch;
    }

    /**
     * All messages up to a number have reached the user. Repeating it is no error.
     *
     * @throws RequestRejected if the user is no member, or the room has no such number
     */
    public void ack(String userId, String roomId, long seq) {
        requireNumber(directory.requireFor(roomId, userId), seq);
        cursors.acknowledge(userId, roomId, seq, 0);
    }

    /**
     * The user has read all messages up to a number. Pushed to the user's other connections and, in rooms that show readers,
     * to the other members.
     *
     * @throws RequestRejected if the user is no member, or the room has no such number
     */
    public void read(Sender reader, String roomId, long seq) {
        String userId = reader.userId();
        Room room = directory.requireFor(roomId, userId);
        requireNumber(room, seq);
        cursors.acknowledge(userId, roomId, seq, seq);
        Set<String> members = directory.membersOf(room);
        PushEvent event = new PushEvent.Read(roomId, userId, seq);
        if (showsReaders(members.size())) {
            dispatch.pushEvent(room, members, event, reader);
        } else {
            dispatch.pushEventTo(roomId, Set.of(userId), event, reader);
        }
    }

    /** Whether a room with this number of members shows them each other's read positions. */
    static boolean showsReaders(int members) {
        return members <= MAX_MEMBERS_WITH_READERS;
    }

    /**
     * The user is typing. Pushed to the other members.
     *
     * @throws RequestRejected if the user is no member
     */
    public void typing(String userId, String roomId) {
        Room room = directory.requireFor(roomId, userId);
        if (typing.asMap().putIfAbsent(new Typing(roomId, userId), true) == null) {
            dispatch.pushEventToOthers(room, directory.membersOf(room), new PushEvent.Typing(roomId, userId), userId);
        }
    }

    /** Rejects numbers that no message has yet: they would hide later messages. */
    private void requireNumber(Room room, long seq) {
        if (seq > room.head().seq() && seq > heads.lastSeq(room)) {
            throw RequestRejected.invalid("seq");
        }
    }
}
