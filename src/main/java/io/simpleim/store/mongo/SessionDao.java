package io.simpleim.store.mongo;

import com.mongodb.client.MongoCollection;
import io.simpleim.model.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/** The collection {@code session}: a document for each login that has not ended. Thread-safe. */
public final class SessionDao {
    private final MongoCollection<Document> sessions;

    public SessionDao(MongoStore store) {
        sessions = store.database().getCollection("session");
    }

    public void createIndexes() {
        Indexes.ordered(sessions, "user_id");
        Indexes.ordered(sessions, "expires_at");
    }

    public void insert(Session session) {
        Document stored = new Document("_id", session.id())
                .append("user_id", session.userId())
                .append("created_at", session.createdAt())
                .append("expires_at", session.expiresAt());
        MongoCalls.run(() -> sessions.insertOne(stored));
    }

    public Optional<Session> find(String id) {
        return MongoCalls.call(() -> Optional.ofNullable(
                        sessions.find(new Document("_id", id)).first()))
                .map(SessionDao::read);
    }

    /** Has a session end at a time in Unix seconds, if it would not have ended before. */
    public void expireAt(String id, long now) {
        Document change = new Document("$set", new Document("expires_at", now));
        MongoCalls.run(() -> sessions.updateOne(new Document("_id", id), change));
    }

    /** Those of some sessions that are alive at a time in Unix seconds. */
    public Set<String> aliveAmong(Collection<String> ids, long now) {
        Document anyOf = new Document("_id", new Document("$in", List.copyOf(ids)));
        return MongoCalls.call(() -> {
            Set<String> alive = new HashSet<>();
            for (Document stored : sessions.find(anyOf)) {
                Session session = read(stored);
                if (!session.isExpiredAt(now)) {
                    alive.add(session.id());
                }
            }
            return alive;
        });
    }

    /** Forgets a session; true if it was this call that did. */
    public boolean delete(String id) {
        return MongoCalls.call(() -> sessions.deleteOne(new Document("_id", id)).getDeletedCount() == 1);
    }

    /** Whether the user has a session that is alive at a time in Unix seconds. */
    public boolean hasAlive(String userId, long now) {
        return MongoCalls.call(() -> {
            for (Document stored : sessions.find(new Document("user_id", userId))) {
                if (!read(stored).isExpiredAt(now)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Some of the sessions that have expired at a time in Unix seconds, at most {@code limit}. */
    public List<Session> expiredAt(long now, int limit) {
        Document range = new Document("$gt", 0L).append("$lte", now);
        return MongoCalls.call(() -> sessions.find(new Document("expires_at", range))
                .limit(limit)
                .map(SessionDao::read)
                .into(new ArrayList<>()));
    }

    private static Session read(Document stored) {
        return new Session(
                stored.getString("_id"),
                stored.getString("user_id"),
                Fields.number(stored, "created_at"),
                Fields.number(stored, "expires_at"));
    }
}
