package io.simpleim.store.redis;

import io.simpleim.model.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/** The connections to Redis. Thread-safe. */
public final class RedisStore implements AutoCloseable {
    private static final int POOL_SIZE = 16;
    private static final Duration POOL_WAIT = Duration.ofMillis(500);
    private static final int TIMEOUT_MILLIS = 2000;

    private final RedisClient commands;
    // A subscription holds its connection for good, so it has a pool of its own.
    private final RedisClient subscriptions;

    /**
     * Connects at the first call.
     *
     * @param address {@code redis://…}, {@code rediss://…} or {@code host:port}
     * @param username empty = Redis' default user
     * @param password empty = none
     */
    public RedisStore(String address, String username, String password) {
        URI uri = URI.create(address.contains("://") ? address : "redis://" + address);
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .clientName("simpleim")
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .blockingSocketTimeoutMillis(TIMEOUT_MILLIS + 5000)
                .database(JedisURIHelper.getDBIndex(uri))
                .user(orElse(username, JedisURIHelper.getUser(uri)))
                .password(orElse(password, JedisURIHelper.getPassword(uri)));
        if (JedisURIHelper.isRedisSSLScheme(uri)) {
            config.sslOptions(SslOptions.defaults());
        }
        HostAndPort host = JedisURIHelper.getHostAndPort(uri);
        commands = client(host, config.build());
        subscriptions = client(host, config.build());
    }

    private static RedisClient client(HostAndPort host, DefaultJedisClientConfig config) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL_SIZE);
        pool.setMaxWait(POOL_WAIT);
        return RedisClient.builder()
                .hostAndPort(host)
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    private static @Nullable String orElse(String configured, @Nullable String fromUri) {
        return configured.isEmpty() ? fromUri : configured;
    }

    /**
     * Carries out commands that are answered at once.
     *
     * @throws StoreUnavailableException if Redis is out of reach or refuses them
     */
    <T> T call(Function<UnifiedJedis, T> use) {
        return mapped(() -> use.apply(commands));
    }

    /** As {@link #call}, of one command that waits for something to happen. */
    <T> T await(Function<UnifiedJedis, T> use) {
        return mapped(() -> use.apply(subscriptions));
    }

    /**
     * Sends many commands at once.
     *
     * @param send gives what reads their answers when they are there
     */
    <T> T pipelined(Function<AbstractPipeline, Supplier<T>> send) {
        return mapped(() -> {
            try (AbstractPipeline pipeline = commands.pipelined()) {
                Supplier<T> answers = send.apply(pipeline);
                pipeline.sync();
                return answers.get();
            }
        });
    }

    private static <T> T mapped(Supplier<T> use) {
        try {
            return use.get();
        } catch (JedisException e) {
            throw new StoreUnavailableException("Redis", e);
        }
    }

    /** Asks the server for a sign of life, for two seconds at the most. */
    public void ping() {
        try {
            commands.ping();
        } catch (JedisException e) {
            throw new StoreUnavailableException("Redis", e);
        }
    }

    void publish(String channel, String message) {
        try {
            commands.publish(channel, message);
        } catch (JedisException e) {
            throw new StoreUnavailableException("Redis", e);
        }
    }

    /** Listens until the subscription ends or the connection breaks. */
    void subscribe(JedisPubSub listener, String channel) {
        try {
            subscriptions.subscribe(listener, channel);
        } catch (JedisException e) {
            throw new StoreUnavailableException("Redis", e);
        }
    }

    @Override
    public void close() {
        subscriptions.close();
        commands.close();
    }
}
