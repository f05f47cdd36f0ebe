package io.simpleim.store.mongo;

import com.mongodb.client.MongoCollection;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of all DAOs have in common: a database of their own, on whatever store. */
abstract class DaoContract {
    private MongoStore store;

    /** The store to test against, as the configuration takes it. */
    abstract String address();

    abstract void createDao(MongoStore store);

    @BeforeEach
    final void connect() {
        store = new MongoStore(
                address(), "", "", "im_test_" + UUID.randomUUID().toString().replace("-", ""));
        createDao(store);
    }

    @AfterEach
    final void drop() {
        store.database().drop();
        store.close();
    }

    final MongoStore store() {
        return store;
    }

    /** A collection as partners see it. */
    final MongoCollection<Document> collection(String name) {
        return store.database().getCollection(name);
    }

    final Document only(String collection) {
        return collection(collection).find().first();
    }
}
