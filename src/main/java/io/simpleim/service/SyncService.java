package io.simpleim.service;

import io.simpleim.model.Message;
import io.simpleim.push.MessagePush;
import io.simpleim.service.UserRooms.UserRoom;
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
            List<MessagePush> some = read(room, from, Math.min(room.lastSeq(), from + most - 1), charsLeft);
            messagesLeft -= some.size();
            charsLeft -=
                    some.stream().mapToInt(push -> push.messageData().length()).sum();
            answer.add(new SyncedRoom(
                    room.roomId(),
                    room.room().type(),
                    room.lastSeq(),
                    some,
                    isComplete(some, from, room.lastSeq()),
                    reset ? true : null));
        }
        return new Sync(answer);
    }

    private List<MessagePush> read(UserRoom room, long from, long to, int mostChars) {
        List<MessagePush> some = new ArrayList<>();
        int chars = 0;
        for (Message message : messages.range(room.roomId(), from, to)) {
            if (chars > mostChars) {
                break;
            }
            chars += message.data().length();
            some.add(MessagePush.of(message, room.room().type()));
        }
        return some;
    }

    private static boolean isComplete(List<MessagePush> some, long from, long lastSeq) {
        return some.isEmpty() ? from > lastSeq : some.get(some.size() - 1).seq() == lastSeq;
    }
}
