package io.simpleim.bench.server;

import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.standalone.store.EmbeddedRedis;
import java.nio.file.Path;
import java.util.Map;

/** Runs the stores that nodes share: MongoDB's in memory, and Redis. Arguments: an ignored one, and a folder. */
final class SharedStoresMain {
    private SharedStoresMain() {}

    public static void main(String[] args) throws Exception {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
                EmbeddedRedis redis = EmbeddedRedis.start(Path.of(args[1]), 0)) {
            Console.serve(mongo.port() + " " + mongo.address() + " " + redis.port(), Map.of());
        }
    }
}
