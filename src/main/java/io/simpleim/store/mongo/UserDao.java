package io.simpleim.store.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.simpleim.model.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** The collection {@code user}: one document per user that has ever logged in. Times are Unix seconds. Thread-safe. */
public final class UserDao {
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoCallRunner calls;
    private final MongoCollection<Document> users;

    public UserDao(MongoStore store) {
        calls = store.calls("user");
        users = store.database().getCollection("user");
    }

    public void createIndexes() {
        Indexes.unique(users, "user_id");
    }

    public Optional<User> find(String userId) {
        return calls.call(
                        "find",
                        () -> Optional.ofNullable(users.find(byId(userId)).first()))
                .map(UserDao::read);
    }

    /** Records a login; the first one creates the user. */
    public void loggedIn(String userId, long now) {
        Document update = new Document("$set", new Document("login_status", 1).append("last_login_time", now))
                .append(
                        "$setOnInsert",
                        new Document("last_login_out_time", 0L)
                                .append("user_status", User.ACTIVE)
                                .append("created_at", now));
        calls.run("update", () -> {
            try {
                users.updateOne(byId(userId), update, UPSERT);
            } catch (MongoWriteException e) {
                if (e.getCode() != MongoCallRunner.DUPLICATE_KEY) {
                    throw e;
                }
                // A concurrent first login has inserted the user.
                users.updateOne(byId(userId), update, UPSERT);
            }
        });
    }

    /** Whether the user's clients acknowledge messages. */
    public boolean acks(String userId) {
        return calls.call(
                        "find",
                        () -> Optional.ofNullable(users.find(byId(userId)).first()))
                .filter(stored -> Boolean.TRUE.equals(stored.getBoolean("acks")))
                .isPresent();
    }

    /** Records that a client of the user has acknowledged messages. */
    public void noteAcks(String userId) {
        calls.run("update", () -> users.updateOne(byId(userId), new Document("$set", new Document("acks", true))));
    }

    /** Records that the user's last session has ended. */
    public void loggedOut(String userId, long now) {
        Document update = new Document("$set", new Document("login_status", 0).append("last_login_out_time", now));
        calls.run("update", () -> users.updateOne(byId(userId), update));
    }

    /** Records that users are connected, without waiting for durability. */
    public void connected(Collection<String> userIds) {
        List<WriteModel<Document>> updates = new ArrayList<>(userIds.size());
        userIds.forEach(userId -> updates.add(new UpdateOneModel<>(
                byId(userId).append("login_status", 0), new Document("$set", new Document("login_status", 1)))));
        write(updates);
    }

    /**
     * Records that users have disconnected, without waiting for durability.
     *
     * @param since time of disconnection in Unix seconds, by user; users who have logged in since then stay unchanged
     */
    public void away(Map<String, Long> since) {
        List<WriteModel<Document>> updates = new ArrayList<>(since.size());
        since.forEach((userId, at) -> updates.add(new UpdateOneModel<>(
                byId(userId).append("login_status", 1).append("last_login_time", new Document("$lte", at)),
                new Document("$set", new Document("login_status", 0)))));
        write(updates);
    }

    private void write(List<WriteModel<Document>> updates) {
        if (!updates.isEmpty()) {
            calls.run("update", () -> users.withWriteConcern(WriteConcern.W1).bulkWrite(updates, UNORDERED));
        }
    }

    /** Reverts {@link #loggedOut} for a user who has logged in at the same moment. */
    public void stillLoggedIn(String userId) {
        calls.run("update", () -> users.updateOne(byId(userId), new Document("$set", new Document("login_status", 1))));
    }

    private static Document byId(String userId) {
        return new Document("user_id", userId);
    }

    private static User read(Document stored) {
        return new User(stored.getString("user_id"), Fields.integer(stored, "user_status"));
    }
}
