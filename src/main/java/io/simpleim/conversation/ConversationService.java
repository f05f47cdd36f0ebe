package io.simpleim.conversation;

import io.simpleim.message.RoomHeads;
import io.simpleim.model.Room;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.RoomDao;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads users' conversation lists. Thread-safe. */
public final class ConversationService {
    private final ConversationOrder order;
    private final RoomDao rooms;
    private final CurrentMemberships memberships;
    private final MessageDao messages;
    private final RoomHeads heads;

    public ConversationService(
            ConversationState state,
            CurrentMemberships memberships,
            RoomDao rooms,
            MessageDao messages,
            RoomHeads heads) {
        this.order = new ConversationOrder(state);
        this.memberships = memberships;
        this.rooms = rooms;
        this.messages = messages;
        this.heads = heads;
    }

    /**
     * A page of the rooms that the user is in, latest activity first.
     *
     * @param roomType 0 for all, or one of {@link io.simpleim.model.RoomType}
     * @param page counts from 1; one past the end is empty
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    public List<Conversation> list(String userId, int roomType, int page, int pageSize) {
        Set<String> stale = new HashSet<>();
        while (true) {
            Page read = read(order.read(userId, roomType, page, pageSize, stale));
            List<String> roomIds = read.roomIds();
            Set<String> current = memberships.among(userId, read.rooms().values());
            if (current.containsAll(roomIds)) {
                return conversations(userId, read, order.readSeqs(userId, read.slice()));
            }
            // Other rooms take the places of the stale entries, so the page is read again without them.
            roomIds.stream().filter(roomId -> !current.contains(roomId)).forEach(stale::add);
        }
    }

    /** A slice of the list with its stored rooms. */
    private record Page(ConversationOrder.Slice slice, Map<String, Room> rooms) {
        List<String> roomIds() {
            return slice.roomIds();
        }
    }

    private Page read(ConversationOrder.Slice slice) {
        List<String> roomIds = slice.roomIds();
        return new Page(slice, roomIds.isEmpty() ? Map.of() : rooms.findAll(roomIds));
    }

    private List<Conversation> conversations(String userId, Page read, Map<String, Long> readSeqs) {
        List<Room> page = heads.current(read.roomIds().stream()
                .map(roomId -> Objects.requireNonNull(read.rooms().get(roomId)))
                .toList());
        List<String> lastMessageIds = page.stream()
                .map(room -> room.head().messageId())
                .filter(messageId -> !messageId.isEmpty())
                .toList();
        Map<String, MessageDao.Content> contents =
                lastMessageIds.isEmpty() ? Map.of() : messages.findAll(lastMessageIds);
        return page.stream()
                .map(room -> conversation(userId, room, readSeqs.getOrDefault(room.roomId(), 0L), contents))
                .toList();
    }

    private static Conversation conversation(
            String userId, Room room, long readSeq, Map<String, MessageDao.Content> contents) {
        Room.Head head = room.head();
        MessageDao.Content last = contents.get(head.messageId());
        return new Conversation(
                room.roomId(),
                room.type(),
                room.status(),
                room.hostUserId(),
                head.userId(),
                head.messageId(),
                head.updatedAt(),
                room.createdAt(),
                head.seq(),
                readSeq,
                Math.max(0, head.seq() - readSeq),
                room.memberCount(),
                room.name(),
                last == null ? "" : last.data(),
                room.peerOf(userId));
    }
}
