package io.simpleim.bench.server;

import io.simpleim.standalone.store.EmbeddedMongo;
import java.nio.file.Path;
import java.util.Map;

/** Runs MongoDB's store alone. Arguments: {@code memory} or {@code file}, and a folder. */
final class MongoMain {
    private MongoMain() {}

    public static void main(String[] args) throws Exception {
        try (EmbeddedMongo mongo = args[0].equals("memory")
                ? EmbeddedMongo.inMemory(0)
                : EmbeddedMongo.openFile(Path.of(args[1]).resolve("mongo.mv.db"), 0)) {
            Console.serve(mongo.port() + " " + mongo.address(), Map.of());
        }
    }
}
