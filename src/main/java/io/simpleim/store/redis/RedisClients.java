package io.simpleim.store.redis;

import io.simpleim.store.redis.RedisSettings.Credentials;
import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Delay;

/**
 * Builds the jedis clients for all modes. Clients for sentinels and clusters look up the master while they are built, on
 * the building thread, and fail if they find none; from then on they find a new master by themselves. Immutable.
 */
final class RedisClients {
    /**
     * For connecting, and for an answer. An unanswered call takes twice as long, since the pool replaces the broken
     * connection before the call fails.
     */
    private static final int TIMEOUT_MILLIS = 1500;

    private static final int BLOCKED_MILLIS =
            (int) RedisStore.MAX_WAIT.plusSeconds(5).toMillis();
    private static final Duration POOL_WAIT = Duration.ofMillis(500);
    /** One for the node that was asked, and one for the node that it redirects to or that has replaced it. */
    private static final int CLUSTER_ATTEMPTS = 2;
    /** Rules out a second attempt after a timeout. */
    private static final Duration CLUSTER_RETRIES = Duration.ofMillis(TIMEOUT_MILLIS / 2);
    /** A failed pipeline, ping or timeout does not make jedis look for new masters, so it refreshes periodically. */
    private static final Duration CLUSTER_REFRESH = Duration.ofSeconds(2);
    /** Short, since sentinels that come back may have elected another master. */
    private static final Delay SENTINEL_RECONNECT =
            Delay.exponentialWithJitter(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofMillis(200));

    private final RedisSettings settings;

    RedisClients(RedisSettings settings) {
        this.settings = settings;
    }

    /**
     * Builds a client with its own connections.
     *
     * @param connections maximum number per node; a call without a free connection waits for half a second
     */
    UnifiedJedis build(int connections) {
        DefaultJedisClientConfig config = config(settings.allCredentials())
                .blockingSocketTimeoutMillis(BLOCKED_MILLIS)
                .database(settings.database())
                .build();
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(POOL_WAIT);
        return switch (settings.mode()) {
            case STANDALONE -> standalone(config, pool);
            case SENTINEL -> sentinel(config, pool);
            case CLUSTER -> cluster(config, pool);
        };
    }

    private UnifiedJedis standalone(DefaultJedisClientConfig config, ConnectionPoolConfig pool) {
        return RedisClient.builder()
                .hostAndPort(settings.hosts().iterator().next())
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    private UnifiedJedis sentinel(DefaultJedisClientConfig config, ConnectionPoolConfig pool) {
        return RedisSentinelClient.builder()
                .masterName(settings.masterName())
                .sentinels(settings.hosts())
                .sentinelClientConfig(config(settings.sentinelCredentials()).build())
                .sentinelReconnectDelay(SENTINEL_RECONNECT)
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    private UnifiedJedis cluster(DefaultJedisClientConfig config, ConnectionPoolConfig pool) {
        return RedisClusterClient.builder()
                .nodes(settings.hosts())
                .maxAttempts(CLUSTER_ATTEMPTS)
                .maxTotalRetriesDuration(CLUSTER_RETRIES)
                .topologyRefreshPeriod(CLUSTER_REFRESH)
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    private DefaultJedisClientConfig.Builder config(Credentials credentials) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .clientName("simpleim")
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .user(credentials.user())
                .password(credentials.secret());
        if (settings.usesTls()) {
            config.sslOptions(SslOptions.defaults());
        }
        return config;
    }
}
