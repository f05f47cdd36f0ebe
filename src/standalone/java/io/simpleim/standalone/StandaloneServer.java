package io.simpleim.standalone;

import io.simpleim.config.LoginSection;
import io.simpleim.config.MongoSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.WebSection;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.standalone.store.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, with an embedded store in place of each one whose address is not configured. Used by one thread at a time. */
public final class StandaloneServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StandaloneServer.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable EmbeddedTomcat tomcat;
    private @Nullable EmbeddedRedis redis;

    private StandaloneServer() {}

    /**
     * Starts the stores and the server. When this returns, the server accepts requests. While a store is unavailable or
     * still building indexes, requests are refused.
     *
     * @param config addresses and secret may be empty; they are then filled in from the data folder
     * @return the server, which must be closed when the JVM ends
     * @throws IllegalStateException if another server runs on the data folder
     */
    public static StandaloneServer start(ServerConfig config, ListenSettings listening, Path data, Clock clock)
            throws LifecycleException, IOException {
        StandaloneServer server = new StandaloneServer();
        try {
            server.tomcat = server.keep(
                    EmbeddedTomcat.start(server.complete(config, data), listening, data.resolve("tomcat"), clock));
            if (server.redis != null) {
                server.redis.leaveToOwner();
            }
            return server;
        } catch (LifecycleException | IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private ServerConfig complete(ServerConfig config, Path data) throws IOException {
        DataFolder folder = DataFolder.open(data);
        ServerConfig complete = config;
        if (config.get(MongoSection.ADDRESS).isEmpty()) {
            complete = complete.with(
                    MongoSection.ADDRESS,
                    keep(EmbeddedMongo.openFile(folder.mongoFile(), 0)).address());
        }
        if (config.get(RedisSection.ADDRESS).isEmpty()) {
            redis = keep(EmbeddedRedis.start(folder.redisFolder(), 0));
            complete = complete.with(RedisSection.ADDRESS, redis.address());
        }
        if (config.get(LoginSection.SECRET).isEmpty()) {
            complete = complete.with(LoginSection.SECRET, Optional.of(folder.secret()));
        }
        if (config.get(WebSection.DEMO).isEmpty()) {
            complete = complete.with(WebSection.DEMO, Optional.of(true));
        }
        return complete.requireComplete();
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    public int port() {
        return server().port();
    }

    /** Describes the server for the log. */
    public String describe() {
        return server().describe("embedded Tomcat");
    }

    private EmbeddedTomcat server() {
        if (tomcat == null) {
            throw new IllegalStateException("The server is not started");
        }
        return tomcat;
    }

    /** Closes all parts in reverse order of their start. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            closeQuietly(parts.pop());
        }
    }

    /** A failure must not keep the remaining parts from being closed. */
    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.error("Failed to close {}", part.getClass().getSimpleName(), e);
        }
    }
}
