package io.simpleim.store.redis;

import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.testing.LastingPort;
import io.simpleim.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** One Redis with a password, which the settings give or the address does. */
class StandaloneRedisIT {
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.start(LastingPort.free(), "--requirepass", "pass word");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Nested
    class RedisStoreIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address()).withCredentials(new Credentials("", "pass word"));
        }
    }

    @Nested
    class NodeRegistryIT extends NodeRegistryContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address()).withCredentials(new Credentials("", "pass word"));
        }
    }

    @Nested
    class WhereaboutsIT extends WhereaboutsContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address()).withCredentials(new Credentials("", "pass word"));
        }
    }

    @Nested
    class NodeStreamsIT extends NodeStreamsContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address()).withCredentials(new Credentials("", "pass word"));
        }
    }

    @Nested
    class ByAddressIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone("redis://:pass%20word@" + redis.address() + "/3");
        }
    }
}
