package io.simpleim.testing;

import io.simpleim.config.LoginSection;
import io.simpleim.config.MongoSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.config.value.Secret;
import io.simpleim.standalone.EmbeddedTomcat;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.standalone.store.EmbeddedRedis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.LifecycleException;

/**
 * A server in this JVM over embedded stores, for tests that need their own settings or clock, or stores that fail and
 * recover. Not thread-safe.
 */
public final class ConfiguredServer implements Deployment {
    private final Path folder;
    private final OwnedPort mongoPort = OwnedPort.claim();
    private final OwnedPort redisPort = OwnedPort.claim();
    private final EmbeddedTomcat tomcat;
    private EmbeddedMongo mongo;
    private EmbeddedRedis redis;

    private ConfiguredServer(Path folder, Map<String, String> environment, Clock clock, int port)
            throws LifecycleException, IOException {
        this.folder = folder;
        mongo = EmbeddedMongo.openFile(mongoFile(), mongoPort.number());
        redis = EmbeddedRedis.start(redisFolder(), redisPort.number());
        ServerConfig config = ConfigLoader.defaults(environment)
                .with(MongoSection.ADDRESS, mongo.address())
                .with(RedisSection.ADDRESS, redis.address())
                .with(LoginSection.SECRET, Optional.of(Secret.of("a secret that only tests have, 32 bytes and more")))
                .requireComplete();
        tomcat = EmbeddedTomcat.start(config, port, "127.0.0.1", folder.resolve("tomcat"), clock);
    }

    /** @param environment settings by their variables, such as {@code IM_LIMITS_MEMBERSPERROOM} */
    public static ConfiguredServer start(Path folder, Map<String, String> environment) throws Exception {
        return start(folder, environment, Clock.systemUTC());
    }

    public static ConfiguredServer start(Path folder, Map<String, String> environment, Clock clock) throws Exception {
        return new ConfiguredServer(folder, environment, clock, 0);
    }

    /** Starts it at a port that the caller owns, so that another server can take over there. */
    public static ConfiguredServer startAt(OwnedPort port, Path folder, Map<String, String> environment)
            throws Exception {
        return new ConfiguredServer(folder, environment, Clock.systemUTC(), port.number());
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + tomcat.port() + "/");
    }

    @Override
    public String mongoAddress() {
        return "mongodb://" + mongoPort.address();
    }

    @Override
    public String redisAddress() {
        return redisPort.address();
    }

    public void stopMongo() {
        mongo.close();
    }

    /** Restarts the store with its data at the same address. */
    public void startMongo() {
        mongo = EmbeddedMongo.openFile(mongoFile(), mongoPort.number());
    }

    public void stopRedis() {
        redis.close();
    }

    public void startRedis() {
        redis = EmbeddedRedis.start(redisFolder(), redisPort.number());
    }

    @Override
    public void close() {
        tomcat.close();
        redis.close();
        mongo.close();
        redisPort.close();
        mongoPort.close();
    }

    private Path mongoFile() {
        return folder.resolve("mongo.mv");
    }

    private Path redisFolder() {
        return folder.resolve("redis");
    }
}
