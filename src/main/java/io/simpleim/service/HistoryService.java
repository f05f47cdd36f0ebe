package io.simpleim.service;

import io.simpleim.model.Room;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * What has been said in a room. Thread-safe.
 *
 * <p>The numbers of a room have no holes, so a page, however deep, is a known range of numbers.
 */
public final class HistoryService {
    private final RoomDirectory directory;
    private final UserMessageDao entries;
    private final MessageDao messages;

    public HistoryService(RoomDirectory directory, UserMessageDao entries, MessageDao messages) {
        this.directory = directory;
        this.entries = entries;
        this.messages = messages;
    }

    /** A page, newest first, counted from 1; one past the end is empty. */
    public List<HistoryItem> page(String userId, String roomId, int page, int pageSize) {
        Room room = directory.requireFor(roomId, userId);
        long newest = room.head().seq() - (page - 1L) * pageSize;
        return newestFirst(roomId, newest, pageSize);
    }

    /** The messages before a number, newest first. */
    public List<HistoryItem> before(String userId, String roomId, long beforeSeq, int pageSize) {
        Room room = directory.requireFor(roomId, userId);
        return newestFirst(roomId, Math.min(beforeSeq - 1, room.head().seq()), pageSize);
    }

    /** The messages after a number, oldest first. */
    public List<HistoryItem> after(String userId, String roomId, long afterSeq, int pageSize) {
        Room room = directory.requireFor(roomId, userId);
        long newest = room.head().seq();
        // Without the bound a number near the largest would overflow and ask for all numbers that there are.
        long known = Math.min(afterSeq, newest);
        return range(roomId, known + 1, Math.min(known + pageSize, newest), Comparator.naturalOrder());
    }

    private List<HistoryItem> newestFirst(String roomId, long newest, int pageSize) {
        return range(roomId, Math.max(1, newest - pageSize + 1), newest, Comparator.reverseOrder());
    }

    private List<HistoryItem> range(String roomId, long from, long to, Comparator<Long> order) {
        List<Long> numbers =
                LongStream.rangeClosed(from, to).boxed().sorted(order).toList();
        if (numbers.isEmpty()) {
            return List.of();
        }
        Map<Long, Entry> found = entries.findNumbers(roomId, numbers);
        Map<String, MessageDao.Content> contents =
                messages.findAll(found.values().stream().map(Entry::messageId).toList());
        return numbers.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .filter(entry -> contents.containsKey(entry.messageId()))
                .map(entry -> item(entry, Objects.requireNonNull(contents.get(entry.messageId()))))
                .toList();
    }

    private static HistoryItem item(Entry entry, MessageDao.Content content) {
        return new HistoryItem(
                entry.roomId(),
                entry.messageId(),
                entry.senderId(),
                entry.sendStatus(),
                entry.createdAt(),
                entry.seq(),
                content.type(),
                content.data());
    }
}
