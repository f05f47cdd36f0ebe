package io.simpleim.bench.server;

import io.simpleim.config.LoginSection;
import io.simpleim.config.MongoSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.config.value.Secret;
import io.simpleim.standalone.EmbeddedTomcat;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.standalone.store.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
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
                    .with(MongoSection.ADDRESS, mongo.address())
                    .with(RedisSection.ADDRESS, redis.address());
            serve(config, folder);
        }
    }

    /** Runs the server until standard input ends. */
    static void serve(ServerConfig config, Path folder) throws Exception {
        ServerConfig complete = config.with(
                        LoginSection.SECRET, Optional.of(Secret.of("only the benchmark's servers have this one")))
                .requireComplete();
        try (EmbeddedTomcat tomcat =
                EmbeddedTomcat.start(complete, 0, "127.0.0.1", folder.resolve("tomcat"), Clock.systemUTC())) {
            Console.serve(tomcat.port() + " " + complete.get(MongoSection.ADDRESS), Map.of());
        }
    }
}
