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

/** Answers sync requests of clients with the messages of all rooms that the client does not hold. Thread-safe. */
public final class SyncService {
    /** Maximum number of messages of one room in an answer. */
    public static final int MAX_PER_ROOM = 200;

    /** Maximum number of messages in an answer, over all rooms. The client requests the rest with another call. */
    private static final int MAX_MESSAGES = 1000;

    /** Length of all message texts in an answer, after which no further message is added. */
    private static final int MAX_CHARS = 256 * 1024;

    private final UserRooms userRooms;
    private final StoredMessages messages;

    public SyncService(UserRooms userRooms, StoredMessages messages) {
        this.userRooms = userRooms;
        this.messages = messages;
    }

    /**
     * The answer to a sync request.
     *
     * @param rooms the rooms that differ from what the client holds, latest activity first
     */
    public record Sync(List<SyncedRoom> rooms) {}

    /**
     * The messages of a room that the client does not hold.
     *
     * @param messages the messages after the last one that the client holds, oldest first, as many as fit
     * @param lastSeq number of the room's newest message; 0 if the room has no message
     * @param complete whether no further messages follow
     * @param reset true if the client holds numbers that the room does not have: the client drops the messages that it
     *     holds, and {@code messages} begins with the first of the room; null otherwise
     */
    public record SyncedRoom(
            String roomId,
            int roomType,
            long lastSeq,
            List<MessagePush> messages,
            boolean complete,
            @Nullable Boolean reset) {}

    /**
     * Finds the messages that a client does not hold.
     *
     * @param held the last seq that the client holds, by room; 0 for rooms that are missing here
     * @param limit maximum number of messages of one room, 1 to {@value #MAX_PER_ROOM}
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    public Sync sync(String userId, Map<String, Long> held, int limit) {
        List<UserRoom> changed = userRooms.find(userId, room -> held.getOrDefault(room.roomId(), 0L) != room.lastSeq());
        List<SyncedRoom> answer = new ArrayList<>();
        int messagesLeft = MAX_MESSAGES;
        int charsLeft = MAX_CHARS;
        for (UserRoom room : changed) {
            long has = held.getOrDefault(room.roomId(), 0L);
            boolean reset = has > room.lastSeq();
            long from = reset ? 1 : has + 1;
            int max = charsLeft > 0 ? Math.min(limit, messagesLeft) : 0;
            Found found = find(room, from, max, charsLeft);
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

    /**
     * Finds messages from a number on. Skips numbers without a body, which a crash can leave: otherwise the client would
     * request them again and again.
     */
    private Found find(UserRoom room, long from, int max, int maxChars) {
        List<Message> stored = List.of();
        long last = from - 1;
        while (stored.isEmpty() && max > 0 && last < room.lastSeq()) {
            long first = last + 1;
            last = Math.min(room.lastSeq(), last + max);
            stored = messages.range(room.roomId(), first, last);
        }
        List<MessagePush> fitting = new ArrayList<>();
        int chars = 0;
        for (Message message : stored) {
            if (chars <= maxChars) {
                chars += message.data().length();
                fitting.add(MessagePush.of(message, room.room().type()));
            }
        }
        return new Found(fitting, last == room.lastSeq() && fitting.size() == stored.size());
    }
}
