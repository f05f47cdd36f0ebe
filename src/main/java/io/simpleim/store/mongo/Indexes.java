package io.simpleim.store.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import io.simpleim.model.StoreObserver;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Creates ascending indexes, named after their fields. Creating an existing index has no effect. */
final class Indexes {
    private static final int BUILD_MINUTES = 60;

    /** Not observed: it happens once per start and may take an hour. */
    private static final MongoCallRunner CALLS = new MongoCallRunner("indexes", StoreObserver.NONE);

    private Indexes() {}

    static void unique(MongoCollection<Document> collection, String... fields) {
        create(collection, true, fields);
    }

    static void ordered(MongoCollection<Document> collection, String... fields) {
        create(collection, false, fields);
    }

    private static void create(MongoCollection<Document> collection, boolean unique, String... fields) {
        Document keys = new Document();
        for (String field : fields) {
            keys.append(field, 1);
        }
        // On collections that have grown for years it may take longer than any request.
        CALLS.run(
                "index",
                () -> collection
                        .withTimeout(BUILD_MINUTES, TimeUnit.MINUTES)
                        .createIndex(keys, new IndexOptions().unique(unique)));
    }
}
