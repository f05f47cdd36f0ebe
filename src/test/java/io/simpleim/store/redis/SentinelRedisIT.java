package io.simpleim.store.redis;

import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.store.redis.RedisSettings.Mode;
import io.simpleim.testing.RedisSentinels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A Redis that sentinels watch, with passwords of both. */
class SentinelRedisIT extends RedisStoreContract {
    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() {
        sentinels = RedisSentinels.start();
    }

    @AfterAll
    static void stop() {
        sentinels.close();
    }

    @Override
    RedisSettings settings() {
        return settings(sentinels);
    }

    static RedisSettings settings(RedisSentinels sentinels) {
        return new RedisSettings(
                Mode.SENTINEL,
                sentinels.address(),
                new Credentials("", RedisSentinels.PASSWORD),
                RedisSentinels.MASTER_NAME,
                new Credentials("", RedisSentinels.SENTINEL_PASSWORD),
                false);
    }
}
