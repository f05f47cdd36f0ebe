package io.simpleim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.config.source.ConfigLoader;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Redis addresses fit which mode. */
class RedisSectionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | standalone",
                "redis://:p@a/3 | standalone",
                "rediss://a | standalone",
                "a | sentinel",
                "a,b:2,c | sentinel",
                "a | cluster",
                "a,b:2,c | cluster",
                "redis://u:p@a | cluster",
                "rediss://a/0 | cluster",
            })
    void takes(String address, String mode) {
        ServerConfig config = ConfigLoader.defaults(
                Map.of("IM_REDIS_ADDRESS", address, "IM_REDIS_MODE", mode, "IM_REDIS_TLS", "false"));
        assertThat(config.get(RedisSection.MODE)).hasToString(mode.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b | standalone | one address, or the mode sentinel or cluster",
                "redis://:hunter2@a | sentinel | host:port[,host:port…] of the sentinels",
                "redis://:hunter2@a/3 | cluster | no database number: a cluster has one",
                "'' | sentinel | the address of a Redis of your own",
                "'' | cluster | the address of a Redis of your own",
            })
    void refuses(String address, String mode, String expected) {
        assertThatThrownBy(() -> ConfigLoader.defaults(Map.of("IM_REDIS_ADDRESS", address, "IM_REDIS_MODE", mode)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("[redis] address = ")
                .hasMessageContaining("does not fit")
                .hasMessageContaining("IM_REDIS_MODE: [redis] mode = \"" + mode + "\"; expected " + expected)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"true", "TRUE"})
    void refusesTlsToTheEmbeddedStore(String tls) {
        assertThatThrownBy(() -> ConfigLoader.defaults(Map.of("IM_REDIS_TLS", tls)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected the address of a Redis of your own");
    }
}
