package io.simpleim.store.redis;

import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.store.redis.RedisSettings.Mode;
import io.simpleim.testing.RedisCluster;
import io.simpleim.testing.TestCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** A Redis Cluster, over TLS and with a password. */
class ClusterRedisIT {
    private static TestCertificate certificate;
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.trusted();
        cluster = RedisCluster.start(certificate);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        certificate.close();
    }

    @Nested
    class RedisStoreIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return withoutTls(cluster).withTls();
        }
    }

    @Nested
    class NodeRegistryIT extends NodeRegistryContract {
        @Override
        RedisSettings settings() {
            return withoutTls(cluster).withTls();
        }
    }

    @Nested
    class WhereaboutsIT extends UserLocationsContract {
        @Override
        RedisSettings settings() {
            return withoutTls(cluster).withTls();
        }
    }

    @Nested
    class NodeStreamsIT extends NodeStreamsContract {
        @Override
        RedisSettings settings() {
            return withoutTls(cluster).withTls();
        }
    }

    static RedisSettings withoutTls(RedisCluster cluster) {
        return new RedisSettings(
                Mode.CLUSTER,
                cluster.address(),
                new Credentials("", RedisCluster.PASSWORD),
                "",
                Credentials.NONE,
                false);
    }
}
