package io.simpleim.testing;

import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.standalone.store.EmbeddedRedis;

/** The MongoDB and Redis of one deployment. They leave nothing behind when closed. */
public final class TestStores implements AutoCloseable {
    private final TempFolder folder = TempFolder.create("im-stores");
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final OwnedPort redisPort = OwnedPort.claim();
    private final EmbeddedRedis redis = startRedis();

    private EmbeddedRedis startRedis() {
        try {
            return EmbeddedRedis.start(folder.path(), redisPort.number());
        } catch (RuntimeException e) {
            redisPort.close();
            mongo.close();
            folder.close();
            throw e;
        }
    }

    /** {@code host:port}. */
    public String mongoAddress() {
        return mongo.address();
    }

    /** The connection string for the MongoDB driver. */
    public String mongoConnection() {
        return "mongodb://" + mongo.address();
    }

    /** {@code host:port}. */
    public String redisAddress() {
        return redis.address();
    }

    @Override
    public void close() {
        redis.close();
        redisPort.close();
        mongo.close();
        folder.close();
    }
}
