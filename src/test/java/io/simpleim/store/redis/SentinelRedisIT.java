package io.simpleim.store.redis;

import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.store.redis.RedisSettings.Mode;
import io.simpleim.testing.RedisSentinels;
import io.simpleim.testing.TestCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** A Redis behind sentinels, over TLS and with passwords for both. */
class SentinelRedisIT {
    private static TestCertificate certificate;
    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.trusted();
        sentinels = RedisSentinels.start(certificate);
    }

    @AfterAll
    static void stop() {
        sentinels.close();
        certificate.close();
    }

    @Nested
    class RedisStoreIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return withoutTls(sentinels).withTls();
        }
    }

    @Nested
    class NodeRegistryIT extends NodeRegistryContract {
        @Override
        RedisSettings settings() {
            return withoutTls(sentinels).withTls();
        }
    }

    @Nested
    class WhereaboutsIT extends UserLocationsContract {
        @Override
        RedisSettings settings() {
            return withoutTls(sentinels).withTls();
        }
    }

    @Nested
    class NodeStreamsIT extends NodeStreamsContract {
        @Override
        RedisSettings settings() {
            return withoutTls(sentinels).withTls();
        }
    }

    static RedisSettings withoutTls(RedisSentinels sentinels) {
        return new RedisSettings(
                Mode.SENTINEL,
                sentinels.address(),
                new Credentials("", RedisSentinels.PASSWORD),
                RedisSentinels.MASTER_NAME,
                new Credentials("", RedisSentinels.SENTINEL_PASSWORD),
                false);
    }
}
