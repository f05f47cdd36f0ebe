package io.simpleim.conversation;

import io.simpleim.message.RoomHeads;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.CursorMove;
import io.simpleim.model.Room;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserRoomDao;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Users' conversation lists. Thread-safe. */
public final class ConversationService {
    private final ConversationOrder order;
    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final ChatLogDao chatLog;
    private final MessageDao messages;
    private final RoomHeads heads;
    private final Activity activity;
    private final Cursors cursors;

    public ConversationService(
            RoomDao rooms,
            UserRoomDao memberships,
            ChatLogDao chatLog,
            MessageDao messages,
            RoomHeads heads,
            Activity activity,
            Cursors cursors) {
        this.order = new ConversationOrder(chatLog, activity);
        this.rooms = rooms;
        this.memberships = memberships;
        this.chatLog = chatLog;
        this.messages = messages;
        this.heads = heads;
        this.activity = activity;
        this.cursors = cursors;
    }

    /**
     * A page of the rooms that the user is in, the latest activity first.
     *
     * @param roomType 0 = all
     * @param page counts from 1; one past the end is empty
     */
    public List<Conversation> list(String userId, int roomType, int page, int pageSize) {
        long depth = (long) page * pageSize;
        Set<String> stale = new HashSet<>();
        while (true) {
            // An entry may outlive the membership: then the page is another one, and begins where it began without it.
            long needed = depth + stale.size();
            // In this order: what is not pending any more is in the store by then.
            Map<String, CursorMove> said = cursors.saidBy(userId);
            Page read = order.read(userId, roomType, needed, index -> {
                stale.forEach(index::remove);
                return read(userId, index.page(roomType, page, pageSize));
            });
            if (read.stale().isEmpty()) {
                Map<String, Long> readSeqs = ConversationOrder.isReadWhole(needed)
                        ? readSeqs(read.entries())
                        : readSeqs(userId, read.roomIds());
                said.forEach((roomId, move) -> readSeqs.merge(roomId, move.readSeq(), Math::max));
                return conversations(userId, read, readSeqs);
            }
            stale.addAll(read.stale());
        }
    }

    /** What a page of the order stands for, and which of its rooms the user is not in any more. */
    private record Page(List<ConversationEntry> entries, Map<String, Room> rooms, Set<String> stale) {
        List<String> roomIds() {
            return entries.stream().map(ConversationEntry::roomId).toList();
        }
    }

    private Page read(String userId, List<ConversationEntry> entries) {
        List<String> roomIds = entries.stream().map(ConversationEntry::roomId).toList();
        Map<String, Room> found = roomIds.isEmpty() ? Map.of() : rooms.findAll(roomIds);
        return new Page(entries, found, staleAmong(userId, roomIds, found));
    }

    private Set<String> staleAmong(String userId, List<String> roomIds, Map<String, Room> found) {
        Set<String> stale = new HashSet<>(roomIds);
        found.values().stream()
                .filter(room -> room.isSingle() && room.userIds().contains(userId))
                .forEach(room -> stale.remove(room.roomId()));
        List<String> groups = found.values().stream()
                .filter(room -> room.isOpen() && !room.isSingle())
                .map(Room::roomId)
                .toList();
        if (!groups.isEmpty()) {
            stale.removeAll(memberships.roomsAmong(userId, groups));
        }
        return stale;
    }

    private static Map<String, Long> readSeqs(List<ConversationEntry> entries) {
        Map<String, Long> read = new HashMap<>();
        entries.forEach(entry -> read.put(entry.roomId(), entry.readSeq()));
        return read;
    }

    private Map<String, Long> readSeqs(String userId, List<String> roomIds) {
        Map<String, Long> read = new HashMap<>();
        // In this order: what is not pending any more is in the store by then.
        activity.pendingOf(userId).forEach(entry -> read.merge(entry.roomId(), entry.readSeq(), Math::max));
        chatLog.findAll(userId, roomIds).forEach((roomId, entry) -> read.merge(roomId, entry.readSeq(), Math::max));
        return read;
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
