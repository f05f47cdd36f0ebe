package io.simpleim.store.redis;

import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.store.redis.RedisSettings.Mode;
import io.simpleim.testing.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A Redis Cluster with a password. */
class ClusterRedisIT extends RedisStoreContract {
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    RedisSettings settings() {
        return settings(cluster);
    }

    static RedisSettings settings(RedisCluster cluster) {
        return new RedisSettings(
                Mode.CLUSTER,
                cluster.address(),
                new Credentials("", RedisCluster.PASSWORD),
                "",
                Credentials.NONE,
                false);
    }
}
