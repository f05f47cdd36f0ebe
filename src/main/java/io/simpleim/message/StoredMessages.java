package io.simpleim.message;

import io.simpleim.model.Message;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Reads messages of a room by their numbers. Thread-safe.
 *
 * <p>A room's numbers have no holes, so any range of messages is a known range of ids. Reading it takes two queries by id,
 * independent of the size of the room.
 */
public final class StoredMessages {
    private final UserMessageDao entries;
    private final MessageDao messages;

    public StoredMessages(UserMessageDao entries, MessageDao messages) {
        this.entries = entries;
        this.messages = messages;
    }

    /** A message as stored in its two collections. */
    public record Stored(Entry entry, MessageDao.Content content) {
        private Message message() {
            return new Message(
                    entry.messageId(),
                    entry.roomId(),
                    entry.seq(),
                    entry.senderId(),
                    content.type(),
                    content.data(),
                    entry.createdAt());
        }
    }

    /**
     * The stored messages of a range, in ascending order of their numbers. All are held in memory at once, so the caller
     * must bound the range.
     *
     * @param fromSeq the first number; below 1 means 1
     * @param toSeq the last number, inclusive; the result is empty if it is below {@code fromSeq}
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    public List<Message> range(String roomId, long fromSeq, long toSeq) {
        return read(roomId, fromSeq, toSeq).stream().map(Stored::message).toList();
    }

    /** Like {@link #range}, with all stored fields. */
    public List<Stored> read(String roomId, long fromSeq, long toSeq) {
        List<Long> numbers = numbers(fromSeq, toSeq);
        return numbers.isEmpty() ? List.of() : withBodies(numbers, entries.findNumbers(roomId, numbers));
    }

    /**
     * Reads messages counted back from the newest one, in ascending order of their numbers.
     *
     * @param known a number up to which all numbers are in use; the same query checks whether the next one is in use too
     * @param skipped number of newest messages to leave out
     * @param count maximum number of messages
     */
    public List<Stored> readBack(String roomId, long known, long skipped, int count) {
        long to = known - skipped;
        List<Long> numbers = numbers(to - count + 1, to);
        List<Long> queried = new ArrayList<>(numbers);
        queried.add(known + 1);
        Map<Long, Entry> found = entries.findNumbers(roomId, queried);
        if (!found.containsKey(known + 1)) {
            return withBodies(numbers, found);
        }
        long last = entries.lastNumber(roomId, known + 1);
        return read(roomId, last - skipped - count + 1, last - skipped);
    }

    private static List<Long> numbers(long fromSeq, long toSeq) {
        return LongStream.rangeClosed(Math.max(1, fromSeq), toSeq).boxed().toList();
    }

    private List<Stored> withBodies(List<Long> numbers, Map<Long, Entry> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        Map<String, MessageDao.Content> contents =
                messages.findAll(found.values().stream().map(Entry::messageId).toList());
        List<Stored> read = new ArrayList<>(found.size());
        for (Long number : numbers) {
            Entry entry = found.get(number);
            MessageDao.Content content = entry == null ? null : contents.get(entry.messageId());
            if (entry != null && content != null) {
                read.add(new Stored(entry, content));
            }
        }
        return read;
    }
}
