package io.simpleim.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.simpleim.model.MessageDraft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bson.Document;

/**
 * The collection {@code user_message}: the numbers of messages in their rooms. A message exists from the moment it is
 * inserted here. Thread-safe.
 */
public final class UserMessageDao {
    private static final InsertManyOptions ORDERED = new InsertManyOptions().ordered(true);

    /** Numbers start at 1, so the maximum with 0 is the same number. */
    private static final Document CHANGES_NOTHING = new Document("$max", new Document("seq", 0L));

    private final MongoCallRunner calls;
    private final MongoCollection<Document> entries;

    public UserMessageDao(MongoStore store) {
        calls = store.calls("user_message");
        entries = store.database().getCollection("user_message");
    }

    /**
     * A message's place in its room.
     *
     * @param createdAt Unix seconds
     */
    public record Entry(
            String roomId, long seq, String messageId, String senderId, int type, int sendStatus, long createdAt) {
        /** Creates the entry of a draft for a number. */
        public static Entry of(MessageDraft draft, long seq) {
            return new Entry(
                    draft.roomId(), seq, draft.messageId(), draft.senderId(), draft.type(), 1, draft.createdAt());
        }
    }

    public void createIndexes() {
        Indexes.unique(entries, "room_id", "message_id");
    }

    /**
     * Stores entries in order, up to the first one whose number or message id is already taken.
     *
     * @return the number of entries stored
     */
    public int insertInOrder(List<Entry> inOrder) {
        List<Document> documents = new ArrayList<>(inOrder.size());
        inOrder.forEach(entry -> documents.add(write(entry)));
        return calls.call("insert", () -> {
            try {
                entries.insertMany(documents, ORDERED);
                return inOrder.size();
            } catch (MongoBulkWriteException e) {
                return storedBefore(e);
            }
        });
    }

    /** Finds the entries of messages, by message id; messages without a number are omitted. */
    public Map<String, Entry> findMessages(Map<String, ? extends Collection<String>> messageIdsByRoom) {
        Map<String, Entry> found = new HashMap<>();
        messageIdsByRoom.forEach((roomId, messageIds) -> {
            Document filter =
                    new Document("room_id", roomId).append("message_id", new Document("$in", List.copyOf(messageIds)));
            calls.run(
                    "find",
                    () -> entries.find(filter)
                            .map(UserMessageDao::read)
                            .forEach(entry -> found.put(entry.messageId(), entry)));
        });
        return found;
    }

    /** Finds entries of a room, by number. */
    public Map<Long, Entry> findNumbers(String roomId, Collection<Long> numbers) {
        List<String> ids = numbers.stream().map(seq -> id(roomId, seq)).toList();
        return calls.call("find", () -> {
            Map<Long, Entry> found = new HashMap<>();
            for (Document stored : entries.find(new Document("_id", new Document("$in", ids)))) {
                Entry entry = read(stored);
                found.put(entry.seq(), entry);
            }
            return found;
        });
    }

    /** Finds one entry in each of several rooms, by room. */
    public Map<String, Entry> findOneOfEach(Map<String, Long> numbers) {
        List<String> ids = new ArrayList<>(numbers.size());
        numbers.forEach((roomId, seq) -> ids.add(id(roomId, seq)));
        return calls.call("find", () -> {
            Map<String, Entry> found = new HashMap<>();
            for (Document stored : entries.find(new Document("_id", new Document("$in", ids)))) {
                Entry entry = read(stored);
                found.put(entry.roomId(), entry);
            }
            return found;
        });
    }

    /**
     * Finds the last number in use in a room. Reads in growing strides, since usually only a few numbers follow.
     *
     * @param atLeast a number up to which all are in use; 0 if none is known
     */
    public long lastNumber(String roomId, long atLeast) {
        long last = atLeast;
        int stride = 8;
        while (true) {
            long used = usedInARow(roomId, last, stride);
            last += used;
            if (used < stride) {
                return last;
            }
            stride = Math.min(stride * 4, 512);
        }
    }

    /**
     * Waits until stored entries are durable: another writer's entry can be read before that, and may be rolled back. A write
     * that changes nothing makes the server wait for all earlier ones.
     */
    public void confirm(Collection<Entry> stored) {
        confirmIds(stored.stream().map(entry -> id(entry.roomId(), entry.seq())).toList());
    }

    /** Like {@link #confirm}, for one number. */
    public void confirmNumber(String roomId, long seq) {
        confirmIds(List.of(id(roomId, seq)));
    }

    private void confirmIds(List<String> ids) {
        if (!ids.isEmpty()) {
            Document anyOf = new Document("_id", new Document("$in", ids));
            calls.run("update", () -> entries.updateMany(anyOf, CHANGES_NOTHING));
        }
    }

    private long usedInARow(String roomId, long last, int stride) {
        List<Long> next =
                LongStream.rangeClosed(last + 1, last + stride).boxed().toList();
        Map<Long, Entry> found = findNumbers(roomId, next);
        return next.stream().takeWhile(found::containsKey).count();
    }

    private static int storedBefore(MongoBulkWriteException e) {
        if (!MongoCallRunner.isOnlyDuplicates(e)) {
            throw e;
        }
        return e.getWriteErrors().get(0).getIndex();
    }

    private static String id(String roomId, long seq) {
        return roomId + ":" + seq;
    }

    private static Document write(Entry entry) {
        return new Document("_id", id(entry.roomId(), entry.seq()))
                .append("room_id", entry.roomId())
                .append("message_id", entry.messageId())
                .append("send_user_id", entry.senderId())
                .append("created_at", entry.createdAt())
                .append("send_status", entry.sendStatus())
                .append("seq", entry.seq())
                .append("message_type", entry.type());
    }

    private static Entry read(Document stored) {
        return new Entry(
                stored.getString("room_id"),
                Fields.number(stored, "seq"),
                stored.getString("message_id"),
                stored.getString("send_user_id"),
                Fields.integer(stored, "message_type"),
                Fields.integer(stored, "send_status"),
                Fields.number(stored, "created_at"));
    }
}
