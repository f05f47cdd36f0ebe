package io.simpleim.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.simpleim.model.MessageDraft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** The collection {@code message}: the contents of messages. Thread-safe. */
public final class MessageDao {
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCallRunner calls;
    private final MongoCollection<Document> messages;
    private final MongoCollection<Document> unsafe;

    public MessageDao(MongoStore store) {
        calls = store.calls("message");
        messages = store.database().getCollection("message");
        unsafe = messages.withWriteConcern(WriteConcern.W1);
    }

    /** The content of a message. */
    public record Content(int type, String data) {}

    public void createIndexes() {
        Indexes.unique(messages, "message_id");
    }

    /**
     * Stores the contents of messages.
     *
     * @return the ids of messages that were stored before; they stay unchanged
     */
    public Set<String> insertAll(Collection<MessageDraft> drafts) {
        return insert(messages, List.copyOf(drafts));
    }

    /** Like {@link #insertAll}, without waiting for durability; a later write must provide it ({@link WriteOrder}). */
    public Set<String> insertAllUnsafely(Collection<MessageDraft> drafts) {
        return insert(unsafe, List.copyOf(drafts));
    }

    private Set<String> insert(MongoCollection<Document> target, List<MessageDraft> drafts) {
        List<Document> documents = new ArrayList<>(drafts.size());
        drafts.forEach(draft -> documents.add(write(draft)));
        return calls.call("insert", () -> {
            try {
                target.insertMany(documents, UNORDERED);
                return Set.of();
            } catch (MongoBulkWriteException e) {
                return duplicates(e, drafts);
            }
        });
    }

    /**
     * Waits until stored messages are durable: another writer's message can be read before that, and may be rolled back. A
     * write that changes nothing makes the server wait for all earlier ones.
     */
    public void confirm(Collection<String> messageIds) {
        if (!messageIds.isEmpty()) {
            Document anyOf = new Document("message_id", new Document("$in", List.copyOf(messageIds)));
            Document changesNothing = new Document("$max", new Document("created_at", 0L));
            calls.run("update", () -> messages.updateMany(anyOf, changesNothing));
        }
    }

    /** Finds the contents of messages, by message id. */
    public Map<String, Content> findAll(Collection<String> messageIds) {
        Document anyOf = new Document("message_id", new Document("$in", List.copyOf(messageIds)));
        return calls.call("find", () -> {
            Map<String, Content> found = new HashMap<>();
            for (Document stored : messages.find(anyOf)) {
                found.put(stored.getString("message_id"), read(stored));
            }
            return found;
        });
    }

    private static Set<String> duplicates(MongoBulkWriteException e, List<MessageDraft> drafts) {
        if (!MongoCallRunner.isOnlyDuplicates(e)) {
            throw e;
        }
        Set<String> duplicates = new HashSet<>();
        for (BulkWriteError error : e.getWriteErrors()) {
            duplicates.add(drafts.get(error.getIndex()).messageId());
        }
        return duplicates;
    }

    private static Document write(MessageDraft draft) {
        return new Document("message_id", draft.messageId())
                .append("message_data", draft.data())
                .append("message_type", draft.type())
                .append("created_at", draft.createdAt())
                .append("message_status", 1);
    }

    private static Content read(Document stored) {
        return new Content(Fields.integer(stored, "message_type"), Fields.text(stored, "message_data"));
    }
}
