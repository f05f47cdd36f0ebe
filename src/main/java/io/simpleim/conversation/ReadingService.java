package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.api.RequestRejected;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.dispatch.Sender;
import io.simpleim.event.Events;
import io.simpleim.message.RoomHeads;
import io.simpleim.model.Room;
import io.simpleim.room.RoomDirectory;
import java.time.Duration;
import java.util.Set;

/** What users do with messages that they have got: they get them, read them, and write an answer. Thread-safe. */
public final class ReadingService {
    /** In larger rooms nobody is shown who has read what: that would be a push from each to each. */
    private static final int READERS_SHOWN_UP_TO = 100;

    /** A client shows that somebody is writing for some seconds; more often is not told. */
    private static final Duration TYPING_TOLD_EVERY = Duration.ofSeconds(1);

    private static final int MOST_TYPING = 100_000;

    private final RoomDirectory directory;
    private final RoomHeads heads;
    private final Cursors cursors;
    private final Dispatcher dispatch;
    private final Cache<Typing, Boolean> typing = Caffeine.newBuilder()
            .maximumSize(MOST_TYPING)
            .expireAfterWrite(TYPING_TOLD_EVERY)
            .build();

    private record Typing(String roomId, String userId) {}

    public ReadingService(RoomDirectory directory, RoomHeads heads, Cursors cursors, Dispatcher dispatch) {
        this.directory = directory;
        this.heads = heads;
        this.cursors = cursors;
        this.dispatch = dispatch;
    }

    /** All up to a number has reached the user. Known before is not an error. */
    public void ack(String userId, String roomId, long seq) {
        requireNumber(directory.requireFor(roomId, userId), seq);
        cursors.said(userId, roomId, seq, 0);
    }

    /** All up to a number is read by the user; told to the other members, and to the user's other connections. */
    public void read(Sender reader, String roomId, long seq) {
        String userId = reader.userId();
        Room room = directory.requireFor(roomId, userId);
        requireNumber(room, seq);
        cursors.said(userId, roomId, seq, seq);
        Set<String> members = directory.membersOf(room);
        Object event = Events.read(roomId, userId, seq);
        if (showsReaders(members.size())) {
            dispatch.pushEvent(room, members, event, reader);
        } else {
            dispatch.pushEventTo(roomId, Set.of(userId), event, reader);
        }
    }

    /** Whether members of a room of so many are shown how far the others have read. */
    static boolean showsReaders(int members) {
        return members <= READERS_SHOWN_UP_TO;
    }

    /** The user is writing; told to the other members. */
    public void typing(String userId, String roomId) {
        Room room = directory.requireFor(roomId, userId);
        if (typing.asMap().putIfAbsent(new Typing(roomId, userId), true) == null) {
            dispatch.pushEventToOthers(room, directory.membersOf(room), Events.typing(roomId, userId), userId);
        }
    }

    /** A number that no message has would hide those to come. */
    private void requireNumber(Room room, long seq) {
        if (seq > room.head().seq() && seq > heads.lastSeq(room)) {
            throw RequestRejected.invalid("seq");
        }
    }
}
