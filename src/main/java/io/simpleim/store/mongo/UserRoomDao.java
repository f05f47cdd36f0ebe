package io.simpleim.store.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import io.simpleim.model.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** The collection {@code user_room}: the members of rooms. Thread-safe. */
public final class UserRoomDao {
    private final MongoCallRunner calls;
    private final MongoCollection<Document> memberships;

    public UserRoomDao(MongoStore store) {
        calls = store.calls("user_room");
        memberships = store.database().getCollection("user_room");
    }

    public void createIndexes() {
        Indexes.unique(memberships, "user_id", "room_id");
        Indexes.ordered(memberships, "room_id", "joined_at");
    }

    /** Adds a member; returns false and changes nothing if the user is a member already. */
    public boolean insert(Member member) {
        Document stored = new Document("_id", id(member.roomId(), member.userId()))
                .append("user_id", member.userId())
                .append("room_id", member.roomId())
                .append("created_at", TimeUnit.MILLISECONDS.toSeconds(member.joinedAtMillis()))
                .append("joined_at", member.joinedAtMillis());
        return calls.call("insert", () -> {
            try {
                memberships.insertOne(stored);
                return true;
            } catch (MongoWriteException e) {
                if (e.getCode() == MongoCallRunner.DUPLICATE_KEY) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Removes a member; returns false if the user was not one. */
    public boolean delete(String roomId, String userId) {
        return calls.call(
                "delete",
                () -> memberships
                                .deleteOne(new Document("_id", id(roomId, userId)))
                                .getDeletedCount()
                        == 1);
    }

    /** Lists the members of a room, the longest-standing first. */
    public List<Member> membersOf(String roomId) {
        return calls.call(
                "find",
                () -> memberships
                        .find(new Document("room_id", roomId))
                        .sort(new Document("joined_at", 1).append("_id", 1))
                        .map(UserRoomDao::read)
                        .into(new ArrayList<>()));
    }

    /** Finds the members of a room among some users, by user. */
    public Map<String, Member> findAll(String roomId, Collection<String> userIds) {
        List<String> ids = userIds.stream().map(userId -> id(roomId, userId)).toList();
        return calls.call("find", () -> {
            Map<String, Member> found = new HashMap<>();
            for (Document stored : memberships.find(new Document("_id", new Document("$in", ids)))) {
                Member member = read(stored);
                found.put(member.userId(), member);
            }
            return found;
        });
    }

    /** Returns those of the given rooms that the user is a member of. */
    public Set<String> roomsAmong(String userId, Collection<String> roomIds) {
        List<String> ids = roomIds.stream().map(roomId -> id(roomId, userId)).toList();
        return calls.call(
                "find",
                () -> memberships
                        .find(new Document("_id", new Document("$in", ids)))
                        .map(stored -> stored.getString("room_id"))
                        .into(new HashSet<>()));
    }

    private static String id(String roomId, String userId) {
        return roomId + ":" + userId;
    }

    private static Member read(Document stored) {
        return new Member(stored.getString("user_id"), stored.getString("room_id"), Fields.number(stored, "joined_at"));
    }
}
