package io.simpleim.service;

import io.simpleim.model.Room;
import io.simpleim.service.StoredMessages.Stored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What has been said in a room. Thread-safe.
 *
 * <p>The numbers of a room have no holes, so a page, however deep, is a known range of numbers.
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

    /** A page, newest first, counted from 1; one past the end is empty. */
    public List<HistoryItem> page(String userId, String roomId, int page, int pageSize) {
        Room room = directory.requireFor(roomId, userId);
        long newest = heads.lastSeq(room) - (page - 1L) * pageSize;
        return newestFirst(roomId, newest, pageSize);
    }

    /** The messages before a number, newest first. */
    public List<HistoryItem> before(String userId, String roomId, long beforeSeq, int pageSize) {
        Room room = directory.requireFor(roomId, userId);
        return newestFirst(roomId, Math.min(beforeSeq - 1, heads.lastSeq(room)), pageSize);
    }

    /** The messages after a number, oldest first. */
    public List<HistoryItem> after(String userId, String roomId, long afterSeq, int pageSize) {
        Room room = directory.requireFor(roomId, userId);
        long newest = heads.lastSeq(room);
        // Without the bound a number near the largest would overflow and ask for all numbers that there are.
        long known = Math.min(afterSeq, newest);
        return items(messages.read(roomId, known + 1, Math.min(known + pageSize, newest)));
    }

    private List<HistoryItem> newestFirst(String roomId, long newest, int pageSize) {
        List<Stored> read = new ArrayList<>(messages.read(roomId, newest - pageSize + 1, newest));
        Collections.reverse(read);
        return items(read);
    }

    private static List<HistoryItem> items(List<Stored> read) {
        return read.stream().map(HistoryService::item).toList();
    }

    private static HistoryItem item(Stored stored) {
        return new HistoryItem(
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
