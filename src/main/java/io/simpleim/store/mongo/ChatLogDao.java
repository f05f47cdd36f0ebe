package io.simpleim.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Cursor;
import io.simpleim.model.CursorMove;
import io.simpleim.model.RoomType;
import io.simpleim.store.Chunks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * The collection {@code user_room_chat_log}: each user's conversation list. An entry is written before the user enters and
 * deleted after the user has left, so it may outlive the membership, but never the reverse. Thread-safe.
 */
public final class ChatLogDao {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
    private static final int BATCH = 1000;

    private final MongoCallRunner calls;
    private final MongoCollection<Document> entries;

    public ChatLogDao(MongoStore store) {
        calls = store.calls("user_room_chat_log");
        entries = store.database().getCollection("user_room_chat_log");
    }

    public void createIndexes() {
        Indexes.ordered(entries, "user_id", "room_type", "active_at");
    }

    /** Whether a user has at least a number of rooms of a type. */
    public boolean hasAtLeast(String userId, int roomType, int rooms) {
        CountOptions enough = new CountOptions().limit(rooms);
        return calls.call("count", () -> entries.countDocuments(of(userId, roomType), enough) >= rooms);
    }

    /**
     * Creates entries for users who enter, or moves them forward. Messages up to the read position count as received too,
     * even if an entry of an earlier stay remains. Returns when the entries are durable.
     */
    public void advance(Collection<ConversationEntry> changes) {
        write(entries, changes, true);
    }

    /** Creates entries or moves them forward without waiting for durability; for data that can be derived again. */
    public void advanceLazily(Collection<ConversationEntry> changes) {
        write(entries.withWriteConcern(WriteConcern.W1), changes, false);
    }

    /**
     * Reads a user's entries that were active since a time in Unix milliseconds, in no order. The index leads with the type
     * of the room, so this and the next two methods take one query per type.
     */
    public void forEachActiveSince(String userId, long sinceMillis, Consumer<ConversationEntry> consumer) {
        forEachActiveSince(userId, RoomType.SINGLE, sinceMillis, consumer);
        forEachActiveSince(userId, RoomType.GROUP, sinceMillis, consumer);
    }

    /** Lists a user's entries with the latest activity, at most {@code limit} per type of room. */
    public List<ConversationEntry> latest(String userId, int limit) {
        List<ConversationEntry> latest = latest(userId, RoomType.SINGLE, limit);
        latest.addAll(latest(userId, RoomType.GROUP, limit));
        return latest;
    }

    /** Reads a user's cursors in all rooms, in no order. */
    public void forEachCursor(String userId, Consumer<Cursor> consumer) {
        forEachCursor(userId, RoomType.SINGLE, consumer);
        forEachCursor(userId, RoomType.GROUP, consumer);
    }

    public void delete(String roomId, String userId) {
        calls.run("delete", () -> entries.deleteOne(new Document("_id", id(roomId, userId))));
    }

    /** Reads a user's entries for rooms of a type that were active since a time in Unix milliseconds, in no order. */
    public void forEachActiveSince(
            String userId, int roomType, long sinceMillis, Consumer<ConversationEntry> consumer) {
        Document filter = of(userId, roomType).append("active_at", new Document("$gte", sinceMillis));
        calls.run(
                "find",
                () -> entries.find(filter)
                        .batchSize(BATCH)
                        .map(ChatLogDao::read)
                        .forEach(consumer));
    }

    /** Lists a user's entries for rooms of a type, the latest activity first, at most {@code limit}. */
    public List<ConversationEntry> latest(String userId, int roomType, int limit) {
        return calls.call(
                "find",
                () -> entries.find(of(userId, roomType))
                        .sort(new Document("active_at", -1))
                        .limit(limit)
                        .map(ChatLogDao::read)
                        .into(new ArrayList<>()));
    }

    /** Reads a user's cursors in all rooms of a type, in no order. */
    public void forEachCursor(String userId, int roomType, Consumer<Cursor> consumer) {
        calls.run(
                "find",
                () -> entries.find(of(userId, roomType))
                        .batchSize(BATCH)
                        .map(ChatLogDao::readCursor)
                        .forEach(consumer));
    }

    /**
     * Moves cursors forward without waiting for durability; if a move is lost, messages are pushed twice. No entries are
     * created.
     */
    public void moveCursors(Collection<CursorMove> moves) {
        List<WriteModel<Document>> updates = new ArrayList<>(moves.size());
        moves.forEach(move -> addTo(updates, move));
        MongoCollection<Document> lazily = entries.withWriteConcern(WriteConcern.W1);
        for (List<WriteModel<Document>> batch : Chunks.of(updates, BATCH)) {
            // In order: a received range counts from the position that the client has acknowledged.
            calls.run("update", () -> lazily.bulkWrite(batch));
        }
    }

    private static void addTo(List<WriteModel<Document>> updates, CursorMove move) {
        String id = id(move.roomId(), move.userId());
        long acked = Math.max(move.ackSeq(), move.readSeq());
        if (acked > 0) {
            Document reported = new Document("ack_seq", acked);
            if (move.readSeq() > 0) {
                reported.append("read_seq", move.readSeq());
            }
            updates.add(new UpdateOneModel<>(new Document("_id", id), new Document("$max", reported)));
        }
        if (move.firstReceived() > 0) {
            Document filter = new Document("_id", id);
            if (move.firstReceived() > 1) {
                filter.append("ack_seq", new Document("$gte", move.firstReceived() - 1));
            }
            updates.add(
                    new UpdateOneModel<>(filter, new Document("$max", new Document("ack_seq", move.lastReceived()))));
        }
    }

    private static Cursor readCursor(Document stored) {
        return new Cursor(
                stored.getString("room_id"), Fields.number(stored, "active_at"), Fields.number(stored, "ack_seq"));
    }

    /** Finds a user's entries for some rooms, by room. */
    public Map<String, ConversationEntry> findAll(String userId, Collection<String> roomIds) {
        List<String> ids = roomIds.stream().map(roomId -> id(roomId, userId)).toList();
        return calls.call("find", () -> {
            Map<String, ConversationEntry> found = new HashMap<>();
            for (Document stored : entries.find(new Document("_id", new Document("$in", ids)))) {
                ConversationEntry entry = read(stored);
                found.put(entry.roomId(), entry);
            }
            return found;
        });
    }

    /** Finds the read positions of some users in a room, by user; users without an entry are omitted. */
    public Map<String, Long> readSeqs(String roomId, Collection<String> userIds) {
        List<String> ids = userIds.stream().map(userId -> id(roomId, userId)).toList();
        return calls.call("find", () -> {
            Map<String, Long> found = new HashMap<>();
            for (Document stored : entries.find(new Document("_id", new Document("$in", ids)))) {
                found.put(stored.getString("user_id"), Fields.number(stored, "read_seq"));
            }
            return found;
        });
    }

    private void write(MongoCollection<Document> target, Collection<ConversationEntry> changes, boolean entering) {
        List<WriteModel<Document>> updates = new ArrayList<>(changes.size());
        changes.forEach(change -> updates.add(update(change, entering)));
        for (List<WriteModel<Document>> batch : Chunks.of(updates, BATCH)) {
            calls.run("update", () -> upsert(target, batch));
        }
    }

    private static void upsert(MongoCollection<Document> target, List<WriteModel<Document>> batch) {
        try {
            target.bulkWrite(batch, UNORDERED);
        } catch (MongoBulkWriteException e) {
            if (!MongoCallRunner.isOnlyDuplicates(e)) {
                throw e;
            }
            // A concurrent write has inserted the same entry, so the update now finds it.
            target.bulkWrite(batch, UNORDERED);
        }
    }

    private static WriteModel<Document> update(ConversationEntry change, boolean entering) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(change.activeAtMillis());
        Document advance = new Document("active_at", change.activeAtMillis())
                .append("updated_at", seconds)
                .append("read_seq", change.readSeq());
        Document create = new Document("user_id", change.userId())
                .append("room_id", change.roomId())
                .append("room_type", change.roomType())
                .append("created_at", seconds);
        (entering ? advance : create).append("ack_seq", change.readSeq());
        return new UpdateOneModel<>(
                new Document("_id", id(change.roomId(), change.userId())),
                new Document("$max", advance).append("$setOnInsert", create),
                UPSERT);
    }

    private static Document of(String userId, int roomType) {
        return new Document("user_id", userId).append("room_type", roomType);
    }

    private static String id(String roomId, String userId) {
        return roomId + ":" + userId;
    }

    private static ConversationEntry read(Document stored) {
        return new ConversationEntry(
                stored.getString("user_id"),
                stored.getString("room_id"),
                Fields.integer(stored, "room_type"),
                Fields.number(stored, "active_at"),
                Fields.number(stored, "read_seq"));
    }
}
