package io.simpleim.store.redis;

import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.store.redis.RedisSettings.Mode;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * An external Redis, whose address a system property gives in the format of the configuration. Further properties, with
 * the defaults of the settings: im.test.redis.mode, .password, .masterName, .sentinelPassword.
 */
@EnabledIfSystemProperty(named = ExternalRedisIT.PROPERTY, matches = ".+")
class ExternalRedisIT {
    static final String PROPERTY = "im.test.redis";

    @Nested
    class RedisStoreIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return external();
        }
    }

    @Nested
    class NodeRegistryIT extends NodeRegistryContract {
        @Override
        RedisSettings settings() {
            return external();
        }
    }

    @Nested
    class WhereaboutsIT extends UserLocationsContract {
        @Override
        RedisSettings settings() {
            return external();
        }
    }

    @Nested
    class NodeStreamsIT extends NodeStreamsContract {
        @Override
        RedisSettings settings() {
            return external();
        }
    }

    private static RedisSettings external() {
        return new RedisSettings(
                Mode.valueOf(property("mode", "standalone").toUpperCase(Locale.ROOT)),
                System.getProperty(PROPERTY),
                new Credentials("", property("password", "")),
                property("masterName", "mymaster"),
                new Credentials("", property("sentinelPassword", "")),
                false);
    }

    private static String property(String name, String otherwise) {
        return System.getProperty(PROPERTY + "." + name, otherwise);
    }
}
