package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.testing.OwnedPort;
import io.simpleim.testing.RedisCluster;
import io.simpleim.testing.RedisSentinels;
import io.simpleim.testing.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Response;

/** A store that survives the loss of its Redis, and one that was created before its Redis. */
@Timeout(120)
class RedisFailoverIT {
    /** Enough keys that each master has some. */
    private static final int KEYS = 50;

    @Test
    void aStoreWaitsForSentinelsAndFindsTheMasterThatTheyHaveMade() {
        try (RedisSentinels sentinels = RedisSentinels.prepared();
                RedisStore store = new RedisStore(SentinelRedisIT.withoutTls(sentinels))) {
            assertUnavailable(store);
            sentinels.startAll();
            awaitWorks(store);
            sentinels.master().kill();
            sentinels.awaitFailover();
            awaitWorks(store);
        }
    }

    @Test
    void aStoreLeavesAMasterThatHangs() {
        try (RedisSentinels sentinels = RedisSentinels.start();
                RedisStore store = new RedisStore(SentinelRedisIT.withoutTls(sentinels))) {
            assertWorks(store);
            sentinels.master().pause();
            awaitWorks(store);
            sentinels.master().resume();
            assertWorks(store);
        }
    }

    @Test
    void aStoreWaitsForAClusterAndFindsTheMastersThatItHasMade() {
        try (RedisCluster cluster = RedisCluster.prepared();
                RedisStore store = new RedisStore(ClusterRedisIT.withoutTls(cluster))) {
            assertUnavailable(store);
            cluster.startAll();
            awaitWorks(store);
            cluster.master(0).kill();
            cluster.awaitFailover(0);
            awaitWorks(store);
            cluster.master(1).pause();
            awaitWorks(store);
        }
    }

    @Test
    void aClusterThatHasLostAMasterForGoodKeepsTheOthersKeys() {
        try (RedisCluster cluster = RedisCluster.start();
                RedisStore store = new RedisStore(ClusterRedisIT.withoutTls(cluster))) {
            assertWorks(store);
            cluster.replica(0).kill();
            cluster.master(0).kill();
            assertUnavailable(store);
            assertThat(IntStream.range(0, KEYS).filter(i -> canSet(store, "key" + i)))
                    .hasSizeBetween(1, KEYS - 1);
        }
    }

    private static boolean canSet(RedisStore store, String key) {
        try {
            store.call(redis -> redis.set(key, "value"));
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    @Test
    void aStoreWorksOnceARedisHasComeAndComesBack() {
        OwnedPort port = OwnedPort.claim();
        String password = "secret";
        RedisSettings settings =
                RedisSettings.standalone(port.address()).withCredentials(new Credentials("", password));
        try (port;
                RedisStore store = new RedisStore(settings)) {
            assertUnavailable(store);
            try (RedisServer redis = RedisServer.start(port, "--requirepass", password)) {
                awaitWorks(store);
                redis.kill();
                assertUnavailable(store);
                redis.restart();
                awaitWorks(store);
                redis.pause();
                assertThatThrownBy(store::ping).isInstanceOf(StoreUnavailableException.class);
                redis.resume();
                awaitWorks(store);
            }
        }
    }

    private static void assertUnavailable(RedisStore store) {
        assertThatThrownBy(store::ping).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> pipelinedRound(store)).isInstanceOf(StoreUnavailableException.class);
    }

    private static void awaitWorks(RedisStore store) {
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .ignoreException(StoreUnavailableException.class)
                .untilAsserted(() -> assertWorks(store));
    }

    private static void assertWorks(RedisStore store) {
        store.ping();
        IntStream.range(0, KEYS).forEach(i -> {
            store.call(redis -> redis.set("key" + i, "value"));
            String value = store.await(redis -> redis.get("key" + i));
            assertThat(value).isEqualTo("value");
        });
        pipelinedRound(store);
    }

    private static void pipelinedRound(RedisStore store) {
        Map<String, String> found = store.pipelined(pipeline -> {
            Map<String, Response<String>> answers = new HashMap<>();
            IntStream.range(0, KEYS).forEach(i -> answers.put("key" + i, pipeline.set("key" + i, "value")));
            return () -> {
                Map<String, String> values = new HashMap<>();
                answers.forEach((key, answer) -> values.put(key, answer.get()));
                return values;
            };
        });
        assertThat(found).hasSize(KEYS).containsValue("OK");
    }
}
