package io.simpleim.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** What stands in the server's database, as a partner reads it: through the driver, past the server. */
public final class StoredDocuments implements AutoCloseable {
    private final MongoClient client;
    private final MongoDatabase database;

    /** @param address host and port, or a connection string */
    public StoredDocuments(String address) {
        client = MongoClients.create(address.startsWith("mongodb") ? address : "mongodb://" + address);
        database = client.getDatabase("simpleim");
    }

    /** The documents in which all those fields have those values. */
    public List<Document> all(String collection, Object... fieldsAndValues) {
        return database.getCollection(collection)
                .find(new Document(ImClient.params(fieldsAndValues)))
                .into(new ArrayList<>());
    }

    /** The only such document. */
    public Document one(String collection, Object... fieldsAndValues) {
        List<Document> found = all(collection, fieldsAndValues);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " documents in " + collection + " with "
                    + ImClient.params(fieldsAndValues) + ": " + found);
        }
        return found.get(0);
    }

    /** Changes one field, as a partner's administrator would. */
    public void set(String collection, String idField, String id, String field, Object value) {
        database.getCollection(collection)
                .updateOne(new Document(idField, id), new Document("$set", new Document(field, value)));
    }

    /** Deletes a document, as no part of the server does. */
    public void delete(String collection, String idField, String id) {
        database.getCollection(collection).deleteOne(new Document(idField, id));
    }

    /** The fields of each index, in order, with {@code unique} before those that are. */
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
