package io.simpleim.catchup;

import io.simpleim.conversation.UserRooms;
import io.simpleim.conversation.UserRooms.UserRoom;
import io.simpleim.event.MessagePush;
import io.simpleim.message.StoredMessages;
import io.simpleim.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a client in one answer what it does not have. Thread-safe. */
public final class SyncService {
    /** The most messages of one room in an answer. */
    public static final int MOST_PER_ROOM = 200;

    /** Messages of one answer, and what they say in all: a client asks again for the rest. */
    private static final int MOST_MESSAGES = 1000;

    private static final int MOST_CHARS = 256 * 1024;

    private final UserRooms userRooms;
    private final StoredMessages messages;

    public SyncService(UserRooms userRooms, StoredMessages messages) {
        this.userRooms = userRooms;
        this.messages = messages;
    }

    /** @param rooms those in which there is more than the client has, the latest activity first */
    public record Sync(List<SyncedRoom> rooms) {}

    /**
     * What a client does not have of a room.
     *
     * @param messages those after the number that the client holds, oldest first, as many as fit
     * @param complete whether these are all
     * @param reset true if the client holds numbers that the room does not have: it drops what it holds, and the messages
     *     are those from the start; null otherwise
     */
    public record SyncedRoom(
            String roomId,
            int roomType,
            long lastSeq,
            List<MessagePush> messages,
            boolean complete,
            @Nullable Boolean reset) {}

    /**
     * What there is beyond what a client holds.
     *
     * @param held the last number that the client holds, by room; rooms that are not named count as 0
     * @param limit the most messages of one room, 1 to {@value #MOST_PER_ROOM}
     */
    public Sync sync(String userId, Map<String, Long> held, int limit) {
        List<UserRoom> changed = userRooms.find(userId, room -> held.getOrDefault(room.roomId(), 0L) != room.lastSeq());
        List<SyncedRoom> answer = new ArrayList<>();
        int messagesLeft = MOST_MESSAGES;
        int charsLeft = MOST_CHARS;
        for (UserRoom room : changed) {
            long has = held.getOrDefault(room.roomId(), 0L);
            boolean reset = has > room.lastSeq();
            long from = reset ? 1 : has + 1;
            int most = charsLeft > 0 ? Math.min(limit, messagesLeft) : 0;
            Found found = find(room, from, most, charsLeft);
            messagesLeft -= found.messages().size();
            charsLeft -= found.messages().stream()
                    .mapToInt(push -> push.messageData().length())
                    .sum();
            answer.add(new SyncedRoom(
                    room.roomId(),
                    room.room().type(),
                    room.lastSeq(),
                    found.messages(),
                    found.complete(),
                    reset ? true : null));
        }
        return new Sync(answer);
    }

    private record Found(List<MessagePush> messages, boolean complete) {}

    /** A number without a message, of which a crash can leave one, is passed over: nobody is to ask for it for ever. */
    private Found find(UserRoom room, long from, int most, int mostChars) {
        List<Message> stored = List.of();
        long last = from - 1;
        while (stored.isEmpty() && most > 0 && last < room.lastSeq()) {
            long first = last + 1;
            last = Math.min(room.lastSeq(), last + most);
            stored = messages.range(room.roomId(), first, last);
        }
        List<MessagePush> fitting = new ArrayList<>();
        int chars = 0;
        for (Message message : stored) {
            if (chars <= mostChars) {
                chars += message.data().length();
                fitting.add(MessagePush.of(message, room.room().type()));
            }
        }
        return new Found(fitting, last == room.lastSeq() && fitting.size() == stored.size());
    }
}
