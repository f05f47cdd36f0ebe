package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.testing.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;

/** A single Redis with a password, given by the settings or by the address. */
class StandaloneRedisIT {
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.start("--requirepass", "pass word");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static RedisSettings withPassword() {
        return RedisSettings.standalone(redis.address()).withCredentials(new Credentials("", "pass word"));
    }

    @Nested
    class RedisStoreIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return withPassword();
        }
    }

    @Nested
    class NodeRegistryIT extends NodeRegistryContract {
        @Override
        RedisSettings settings() {
            return withPassword();
        }
    }

    @Nested
    class WhereaboutsIT extends UserLocationsContract {
        @Override
        RedisSettings settings() {
            return withPassword();
        }
    }

    @Nested
    class NodeStreamsIT extends NodeStreamsContract {
        @Override
        RedisSettings settings() {
            return withPassword();
        }
    }

    @Nested
    class ByAddressIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone("redis://:pass%20word@" + redis.address() + "/3");
        }
    }

    @Test
    void whoGetsNoConnectionLearnsItSoon() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (RedisStore store = new RedisStore(withPassword())) {
            XReadParams params = XReadParams.xReadParams().block((int) RedisStore.MAX_WAIT.toMillis());
            Map<String, StreamEntryID> from = Map.of("im:test:nothing", new StreamEntryID(0, 0));
            List<CompletableFuture<?>> waiting = IntStream.range(0, 20)
                    .<CompletableFuture<?>>mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> store.await(redis -> redis.xreadAsMap(params, from)), threads))
                    .toList();
            assertThatThrownBy(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))::join)
                    .hasCauseInstanceOf(StoreUnavailableException.class);
            assertThat(waiting).anyMatch(reading -> !reading.isCompletedExceptionally());
            store.ping();
        } finally {
            threads.shutdownNow();
        }
    }
}
