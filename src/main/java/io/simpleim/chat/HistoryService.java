package io.simpleim.chat;

import io.simpleim.message.RoomHeads;
import io.simpleim.message.StoredMessages;
import io.simpleim.message.StoredMessages.Stored;
import io.simpleim.model.Room;
import io.simpleim.room.RoomDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the history of rooms, for members. Thread-safe.
 *
 * <p>A room's numbers have no holes, so a page is a known range of numbers and costs the same at any depth. All methods
 * throw {@link io.simpleim.api.RequestRejected} ({@code room_not_found}, {@code not_in_room}), and {@link
 * io.simpleim.model.StoreUnavailableException} if the store is out of reach.
 */
public final class HistoryService {
    private final RoomDirectory directory;
    private final RoomHeads heads;
    private final StoredMessages messages;

    public HistoryService(RoomDirectory directory, RoomHeads heads, StoredMessages messages) {
        this.directory = directory;
        this.heads = heads;
        this.messages = messages;
    }

    /** Returns a page of up to {@code pageSize} messages, newest first. Pages count from 1; a page past the end is empty. */
    public List<HistoryEntry> page(String userId, String roomId, int page, int pageSize) {
        Room room = heads.known(directory.requireFor(roomId, userId));
        return newestFirst(messages.readBack(roomId, room.head().seq(), (page - 1L) * pageSize, pageSize));
    }

    /** Returns up to {@code pageSize} messages before a number, newest first. */
    public List<HistoryEntry> before(String userId, String roomId, long beforeSeq, int pageSize) {
        Room room = heads.known(directory.requireFor(roomId, userId));
        long last = beforeSeq - 1;
        // A newer head matters only beyond the known one.
        long newest = last <= room.head().seq() ? last : Math.min(last, heads.lastSeq(room));
        return newestFirst(messages.read(roomId, newest - pageSize + 1, newest));
    }

    /** Returns up to {@code pageSize} messages after a number, oldest first. */
    public List<HistoryEntry> after(String userId, String roomId, long afterSeq, int pageSize) {
        directory.requireFor(roomId, userId);
        // Keeps the sums below from overflowing.
        long after = Math.min(afterSeq, Long.MAX_VALUE - pageSize - 1);
        return entries(messages.read(roomId, after + 1, after + pageSize));
    }

    private static List<HistoryEntry> newestFirst(List<Stored> read) {
        List<Stored> reversed = new ArrayList<>(read);
        Collections.reverse(reversed);
        return entries(reversed);
    }

    private static List<HistoryEntry> entries(List<Stored> read) {
        return read.stream().map(HistoryService::entry).toList();
    }

    private static HistoryEntry entry(Stored stored) {
        return new HistoryEntry(
                stored.entry().roomId(),
                stored.entry().messageId(),
                stored.entry().senderId(),
                stored.entry().sendStatus(),
                stored.entry().createdAt(),
                stored.entry().seq(),
                stored.content().type(),
                stored.content().data());
    }
}
