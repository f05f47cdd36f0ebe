package io.simpleim.bench.server;

import io.simpleim.config.ConfigLoader;
import io.simpleim.config.Secret;
import io.simpleim.config.ServerConfig;
import io.simpleim.standalone.EmbeddedTomcat;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.standalone.store.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Runs the server as the standalone jar does, over embedded stores. Settings come from the environment. Arguments:
 * {@code memory} or {@code file}, and a folder.
 */
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        Path folder = Path.of(args[1]);
        try (EmbeddedMongo mongo = args[0].equals("memory")
                        ? EmbeddedMongo.inMemory(0)
                        : EmbeddedMongo.openFile(folder.resolve("mongo.mv.db"), 0);
                EmbeddedRedis redis = EmbeddedRedis.start(folder, 0)) {
            ServerConfig config = ConfigLoader.defaults(System.getenv())
                    .withMongoAddress(mongo.address())
                    .withRedisAddress(redis.address());
            serve(config, folder);
        }
    }

    /** Runs the server until standard input ends. */
    static void serve(ServerConfig config, Path folder) throws Exception {
        ServerConfig complete = config.withSecret(Secret.of("only the benchmark's servers have this one"))
                .requireComplete();
        try (EmbeddedTomcat tomcat =
                EmbeddedTomcat.start(complete, 0, "127.0.0.1", folder.resolve("tomcat"), Clock.systemUTC())) {
            Console.serve(tomcat.port() + " " + complete.mongo().address(), Map.of());
        }
    }
}
