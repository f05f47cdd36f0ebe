package io.simpleim.store.mongo;

import com.mongodb.client.MongoCollection;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of all DAO tests: a separate database for each test, on any store. */
abstract class DaoContract {
    private MongoStore store;

    /** The address of the store to test, in the format of the configuration. */
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
