package io.simpleim.store.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.simpleim.model.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/**
 * The collection {@code session}: one document per login that has not ended. Thread-safe.
 *
 * <p>A legacy token, issued by an earlier system, opens its session when it is first presented. After such a session ends,
 * a tombstone remains, or the token would open the session again. The tombstone is kept until the token expires, or
 * forever if the token never expires.
 */
public final class SessionDao {
    /** {@code expires_at} of the tombstone of a session whose token never expires. */
    private static final long ENDED_FOREVER = -1;

    private final MongoCallRunner calls;
    private final MongoCollection<Document> sessions;

    public SessionDao(MongoStore store) {
        calls = store.calls("session");
        sessions = store.database().getCollection("session");
    }

    public void createIndexes() {
        Indexes.ordered(sessions, "user_id", "created_at");
        Indexes.ordered(sessions, "expires_at");
    }

    public void insert(Session session) {
        calls.run("insert", () -> sessions.insertOne(write(session)));
    }

    /** Stores the session of a legacy token; returns false if it or its tombstone is already stored. */
    public boolean insertLegacy(Session session) {
        Document stored = write(session).append("token_expires_at", session.expiresAt());
        return calls.call("insert", () -> {
            try {
                sessions.insertOne(stored);
                return true;
            } catch (MongoWriteException e) {
                if (e.getCode() != MongoCallRunner.DUPLICATE_KEY) {
                    throw e;
                }
                return false;
            }
        });
    }

    public Optional<Session> find(String id) {
        return calls.call(
                        "find",
                        () -> Optional.ofNullable(
                                sessions.find(new Document("_id", id)).first()))
                .map(SessionDao::read);
    }

    /** Sets the time at which sessions expire, in Unix seconds. */
    public void expireAt(Collection<String> ids, long now) {
        Document change = new Document("$set", new Document("expires_at", now));
        calls.run("update", () -> sessions.updateMany(anyOf(ids), change));
    }

    /** Returns those of the given sessions that are alive at a time in Unix seconds. */
    public Set<String> aliveAmong(Collection<String> ids, long now) {
        return calls.call("find", () -> {
            Set<String> alive = new HashSet<>();
            for (Document stored : sessions.find(anyOf(ids))) {
                Session session = read(stored);
                if (!session.isExpiredAt(now)) {
                    alive.add(session.id());
                }
            }
            return alive;
        });
    }

    /** Lists a user's sessions that are alive at a time in Unix seconds, newest first, at most {@code limit}. */
    public List<Session> aliveOf(String userId, long now, int limit) {
        Document newestFirst = new Document("created_at", -1);
        return calls.call("find", () -> {
            List<Session> alive = new ArrayList<>();
            try (MongoCursor<Document> stored = sessions.find(new Document("user_id", userId))
                    .sort(newestFirst)
                    .cursor()) {
                while (alive.size() < limit && stored.hasNext()) {
                    Session session = read(stored.next());
                    if (!session.isExpiredAt(now)) {
                        alive.add(session);
                    }
                }
            }
            return alive;
        });
    }

    /** Deletes sessions. */
    public void delete(Collection<String> ids) {
        calls.run("delete", () -> sessions.deleteMany(anyOf(ids)));
    }

    /** Replaces ended sessions of legacy tokens by tombstones. */
    public void bury(Collection<String> ids) {
        calls.run("update", () -> {
            for (Document stored : sessions.find(anyOf(ids))) {
                long tokenExpiresAt = Fields.number(stored, "token_expires_at");
                long buried = tokenExpiresAt > 0 ? -tokenExpiresAt : ENDED_FOREVER;
                sessions.updateOne(
                        new Document("_id", stored.getString("_id")),
                        new Document("$set", new Document("expires_at", buried)));
            }
        });
    }

    /** Deletes the tombstones of tokens that have expired at a time in Unix seconds. */
    public void deleteBuried(long now) {
        Document range = new Document("$gte", -now).append("$lt", ENDED_FOREVER);
        calls.run("delete", () -> sessions.deleteMany(new Document("expires_at", range)));
    }

    /** Whether a user has a session that is alive at a time in Unix seconds. */
    public boolean hasAlive(String userId, long now) {
        return calls.call("find", () -> {
            for (Document stored : sessions.find(new Document("user_id", userId))) {
                if (!read(stored).isExpiredAt(now)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Returns sessions that have expired at a time in Unix seconds, at most {@code limit}, in no order. */
    public List<Session> expiredAt(long now, int limit) {
        Document range = new Document("$gt", 0L).append("$lte", now);
        return calls.call(
                "find",
                () -> sessions.find(new Document("expires_at", range))
                        .limit(limit)
                        .map(SessionDao::read)
                        .into(new ArrayList<>()));
    }

    private static Document anyOf(Collection<String> ids) {
        return new Document("_id", new Document("$in", List.copyOf(ids)));
    }

    private static Document write(Session session) {
        return new Document("_id", session.id())
                .append("user_id", session.userId())
                .append("created_at", session.createdAt())
                .append("expires_at", session.expiresAt());
    }

    private static Session read(Document stored) {
        return new Session(
                stored.getString("_id"),
                stored.getString("user_id"),
                Fields.number(stored, "created_at"),
                Fields.number(stored, "expires_at"));
    }
}
