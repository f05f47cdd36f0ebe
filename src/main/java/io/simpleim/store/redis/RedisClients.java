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
 * Builds jedis' clients, alike for each mode. Those for sentinels and clusters ask who is master while they are being
 * built, on the thread that builds them, and fail if nobody says; from then on they find a new master by themselves.
 * Immutable.
 */
final class RedisClients {
    /**
     * To connect, and for an answer. A call that gets none takes twice as long: the pool makes another connection in place
     * of the broken one before the call fails.
     */
    private static final int TIMEOUT_MILLIS = 1500;

    private static final int BLOCKED_MILLIS =
            (int) RedisStore.LONGEST_WAIT.plusSeconds(5).toMillis();
    private static final Duration POOL_WAIT = Duration.ofMillis(500);
    /** One for the node that was asked, and one for the node that it names instead, or that has taken its place. */
    private static final int CLUSTER_ATTEMPTS = 2;
    /** No second attempt after one that has run into a time-out. */
    private static final Duration CLUSTER_RETRIES = Duration.ofMillis(TIMEOUT_MILLIS / 2);
    /** Of what fails, a pipeline, a ping and a time-out do not make jedis look for new masters: so it looks anyhow. */
    private static final Duration CLUSTER_REFRESH = Duration.ofSeconds(2);
    /** Sentinels that were all away have to be heard again soon, since one of them may have made another master. */
    private static final Delay SENTINEL_RETURN =
            Delay.exponentialWithJitter(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofMillis(200));

    private final RedisSettings settings;

    RedisClients(RedisSettings settings) {
        this.settings = settings;
    }

    /**
     * A client of its own.
     *
     * @param connections how many it has at the most, to each node; who gets none waits for half a second
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
                .sentinelReconnectDelay(SENTINEL_RETURN)
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
