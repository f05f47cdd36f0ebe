package io.simpleim.store.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import io.simpleim.model.StoreObserver;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** How the DAOs create their indexes: named after their fields, ascending, and a second time without effect. */
final class Indexes {
    private static final int BUILD_MINUTES = 60;

    /** Once a start, and maybe for an hour: no figure to watch. */
    private static final MongoCalls CALLS = new MongoCalls("indexes", StoreObserver.NONE);

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
        // On what partners have gathered for years it may take longer than any request.
        CALLS.run(
                "index",
                () -> collection
                        .withTimeout(BUILD_MINUTES, TimeUnit.MINUTES)
                        .createIndex(keys, new IndexOptions().unique(unique)));
    }
}
