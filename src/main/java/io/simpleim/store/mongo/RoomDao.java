package io.simpleim.store.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.store.Chunks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** The collection {@code room}. Thread-safe. */
public final class RoomDao {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private static final Document LAST_SEQ =
            new Document("_id", 0).append("room_id", 1).append("last_seq", 1);

    private static final int BATCH = 1000;

    private final MongoCallRunner calls;
    private final MongoCollection<Document> rooms;
    private final MongoCollection<Document> unsafe;

    public RoomDao(MongoStore store) {
        calls = store.calls("room");
        rooms = store.database().getCollection("room");
        unsafe = rooms.withWriteConcern(WriteConcern.W1);
    }

    public void createIndexes() {
        Indexes.unique(rooms, "room_id");
    }

    /** Stores a new room; returns false if it exists already. */
    public boolean insert(Room room) {
        return calls.call("insert", () -> {
            try {
                rooms.insertOne(write(room));
                return true;
            } catch (MongoWriteException e) {
                if (e.getCode() == MongoCallRunner.DUPLICATE_KEY) {
                    return false;
                }
                throw e;
            }
        });
    }

    public Optional<Room> find(String roomId) {
        return calls.call(
                        "find",
                        () -> Optional.ofNullable(rooms.find(byId(roomId)).first()))
                .map(RoomDao::read);
    }

    /** Finds rooms, by room id. */
    public Map<String, Room> findAll(Collection<String> roomIds) {
        Document anyOf = new Document("room_id", new Document("$in", List.copyOf(roomIds)));
        return calls.call("find", () -> {
            Map<String, Room> found = new HashMap<>();
            for (Document stored : rooms.find(anyOf)) {
                found.put(stored.getString("room_id"), read(stored));
            }
            return found;
        });
    }

    /** Finds the stored numbers of the newest messages, by room id; they may lag behind. */
    public Map<String, Long> lastSeqs(Collection<String> roomIds) {
        Document anyOf = new Document("room_id", new Document("$in", List.copyOf(roomIds)));
        return calls.call("find", () -> {
            Map<String, Long> found = new HashMap<>();
            for (Document stored : rooms.find(anyOf).projection(LAST_SEQ)) {
                found.put(stored.getString("room_id"), Fields.number(stored, "last_seq"));
            }
            return found;
        });
    }

    /**
     * Moves room heads forward, without waiting for durability, since they can be derived again. Heads older than the stored
     * ones are ignored.
     */
    public void advanceLazily(Map<String, Room.Head> heads) {
        List<WriteModel<Document>> updates = new ArrayList<>(heads.size());
        heads.forEach((roomId, head) -> updates.add(new UpdateOneModel<>(
                byId(roomId).append("last_seq", new Document("$lt", head.seq())), new Document("$set", write(head)))));
        for (List<WriteModel<Document>> batch : Chunks.of(updates, BATCH)) {
            calls.run("update", () -> unsafe.bulkWrite(batch, UNORDERED));
        }
    }

    /**
     * Stores the result of a change of the members; returns false if they were changed concurrently.
     *
     * @param version the version of the members that the change is based on; it is incremented
     */
    public boolean changeMembers(String roomId, long version, int memberCount, String hostUserId, int status) {
        Document change = new Document("members_version", version + 1)
                .append("member_count", memberCount)
                .append("room_host_user_id", hostUserId)
                .append("room_status", status);
        return calls.call(
                "update",
                () -> rooms.updateOne(byId(roomId).append("members_version", version), new Document("$set", change))
                                .getMatchedCount()
                        == 1);
    }

    /** Renames an open room; returns false if the user is not its host or the room is not open. */
    public boolean rename(String roomId, String hostUserId, String name) {
        Document hosted = byId(roomId).append("room_host_user_id", hostUserId).append("room_status", RoomStatus.OPEN);
        return calls.call(
                "update",
                () -> rooms.updateOne(hosted, new Document("$set", new Document("name", name)))
                                .getMatchedCount()
                        == 1);
    }

    private static Document byId(String roomId) {
        return new Document("room_id", roomId);
    }

    private static Document write(Room room) {
        Document stored = new Document("room_id", room.roomId())
                .append("room_type", room.type())
                .append("room_status", room.status())
                .append("room_host_user_id", room.hostUserId())
                .append("created_at", room.createdAt())
                .append("member_count", room.memberCount())
                .append("members_version", room.membersVersion())
                .append("user_ids", room.userIds())
                .append("name", room.name());
        stored.putAll(write(room.head()));
        return stored;
    }

    private static Document write(Room.Head head) {
        return new Document("last_seq", head.seq())
                .append("last_user_id", head.userId())
                .append("last_message_id", head.messageId())
                .append("last_message_updated_at", head.updatedAt());
    }

    private static Room read(Document stored) {
        List<String> userIds = stored.getList("user_ids", String.class, List.of());
        Room.Head head = new Room.Head(
                Fields.number(stored, "last_seq"),
                Fields.text(stored, "last_user_id"),
                Fields.text(stored, "last_message_id"),
                Fields.number(stored, "last_message_updated_at"));
        return new Room(
                stored.getString("room_id"),
                Fields.integer(stored, "room_type"),
                Fields.integer(stored, "room_status"),
                Fields.text(stored, "room_host_user_id"),
                userIds,
                Fields.integer(stored, "member_count"),
                Fields.number(stored, "members_version"),
                Fields.text(stored, "name"),
                head,
                Fields.number(stored, "created_at"));
    }
}
