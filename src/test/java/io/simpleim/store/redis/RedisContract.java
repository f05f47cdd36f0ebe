package io.simpleim.store.redis;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Creates a store for each test on the Redis of its class; each test uses unique key names. */
@Timeout(60)
abstract class RedisContract {
    final String unique = UUID.randomUUID().toString();
    RedisStore store;

    abstract RedisSettings settings();

    @BeforeEach
    void open() {
        store = new RedisStore(settings());
    }

    @AfterEach
    void close() {
        store.close();
    }
}
