package io.simpleim.store.mongo;

import java.util.Optional;
import org.bson.Document;

/**
 * A user document with all its published fields; the server itself reads only some of them.
 *
 * @param loginStatus 1 while the user has a session, else 0
 * @param lastLoginTime Unix seconds, 0 = never
 * @param lastLoginOutTime Unix seconds at which the user's last session ended, 0 = never
 * @param createdAt Unix seconds
 */
public record StoredUser(
        String userId, int loginStatus, long lastLoginTime, long lastLoginOutTime, int status, long createdAt) {

    public static Optional<StoredUser> find(MongoStore store, String userId) {
        Document filter = new Document("user_id", userId);
        return Optional.ofNullable(
                        store.database().getCollection("user").find(filter).first())
                .map(StoredUser::read);
    }

    private static StoredUser read(Document stored) {
        return new StoredUser(
                stored.getString("user_id"),
                Fields.integer(stored, "login_status"),
                Fields.number(stored, "last_login_time"),
                Fields.number(stored, "last_login_out_time"),
                Fields.integer(stored, "user_status"),
                Fields.number(stored, "created_at"));
    }
}
