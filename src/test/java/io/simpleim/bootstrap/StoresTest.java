package io.simpleim.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.config.RedisMode;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.store.redis.RedisSettings;
import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.store.redis.RedisSettings.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the configuration says of Redis arrives where it is used. */
class StoresTest {

    @Test
    void handsOnEverySetting() {
        ServerConfig config = ConfigLoader.defaults(Map.of(
                "IM_REDIS_ADDRESS", "a:1,b",
                "IM_REDIS_MODE", "sentinel",
                "IM_REDIS_USERNAME", "ru",
                "IM_REDIS_PASSWORD", "rp",
                "IM_REDIS_MASTERNAME", "rm",
                "IM_REDIS_SENTINELUSERNAME", "su",
                "IM_REDIS_SENTINELPASSWORD", "sp",
                "IM_REDIS_TLS", "true"));
        assertThat(Stores.settings(config))
                .isEqualTo(new RedisSettings(
                        Mode.SENTINEL,
                        "a:1,b:6379",
                        new Credentials("ru", "rp"),
                        "rm",
                        new Credentials("su", "sp"),
                        true))
                .asString()
                .doesNotContain("rp", "sp");
    }

    @ParameterizedTest
    @EnumSource(RedisMode.class)
    void knowsEveryMode(RedisMode mode) {
        ServerConfig config = ConfigLoader.defaults(Map.of("IM_REDIS_ADDRESS", "a", "IM_REDIS_MODE", mode.name()));
        assertThat(Stores.settings(config).mode()).hasToString(mode.name());
    }
}
