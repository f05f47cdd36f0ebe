package io.simpleim.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;

/** Direct access to the store, as partners have it. */
public final class RawStore {
    private RawStore() {}

    public static void ban(String address, String userId) {
        try (MongoClient client = MongoClients.create("mongodb://" + address)) {
            client.getDatabase("im")
                    .getCollection("user")
                    .updateOne(new Document("user_id", userId), new Document("$set", new Document("user_status", -1)));
        }
    }

    public static void delete(String address, String collection, String field, String value) {
        try (MongoClient client = MongoClients.create("mongodb://" + address)) {
            client.getDatabase("im").getCollection(collection).deleteOne(new Document(field, value));
        }
    }
}
