package io.simpleim.store.redis;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A store for each test, over the Redis of its class; what a test writes has a name that no other test uses. */
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
