package io.simpleim.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** Reads the server's database directly, as partners do. */
public final class StoredDocuments implements AutoCloseable {
    private final MongoClient client;
    private final MongoDatabase database;

    /** @param address {@code host:port}, or a connection string */
    public StoredDocuments(String address) {
        client = MongoClients.create(address.startsWith("mongodb") ? address : "mongodb://" + address);
        database = client.getDatabase("simpleim");
    }

    /** The documents whose fields have these values, names and values in turn. */
    public List<Document> all(String collection, Object... fieldsAndValues) {
        return database.getCollection(collection)
                .find(new Document(ImClient.params(fieldsAndValues)))
                .into(new ArrayList<>());
    }

    /** The only document that {@link #all} finds. */
    public Document one(String collection, Object... fieldsAndValues) {
        List<Document> found = all(collection, fieldsAndValues);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " documents in " + collection + " with "
                    + ImClient.params(fieldsAndValues) + ": " + found);
        }
        return found.get(0);
    }

    /** Sets one field, as a partner's administrator would. */
    public void set(String collection, String idField, String id, String field, Object value) {
        database.getCollection(collection)
                .updateOne(new Document(idField, id), new Document("$set", new Document(field, value)));
    }

    /** Deletes a document, which the server itself never does. */
    public void delete(String collection, String idField, String id) {
        database.getCollection(collection).deleteOne(new Document(idField, id));
    }

    /** The fields of each index, in order, prefixed with {@code unique} for unique ones. */
    public List<String> indexes(String collection) {
        List<String> described = new ArrayList<>();
        for (Document index : database.getCollection(collection).listIndexes()) {
            Map<String, Object> keys = index.get("key", Document.class);
            String unique = index.getBoolean("unique", false) ? "unique " : "";
            described.add(unique + String.join(",", keys.keySet()));
        }
        return described;
    }

    @Override
    public void close() {
        client.close();
    }
}
