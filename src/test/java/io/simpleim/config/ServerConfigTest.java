package io.simpleim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.config.source.ConfigFolder;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.config.value.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
    private final ServerConfig defaults = ConfigLoader.defaults(Map.of());
    private final Secret secret = Secret.of(ConfigFolder.SECRET);

    @Test
    void isCompleteOnceItsGapsAreFilled() {
        ServerConfig filled = defaults.with(MongoSection.ADDRESS, "a:1")
                .with(RedisSection.ADDRESS, "b:2")
                .with(LoginSection.SECRET, Optional.of(secret));
        assertThat(filled.requireComplete()).isSameAs(filled);
        assertThat(filled.get(MongoSection.ADDRESS)).isEqualTo("a:1");
        assertThat(filled.get(RedisSection.ADDRESS)).isEqualTo("b:2");
        assertThat(filled.get(LoginSection.SECRET)).contains(secret);
    }

    @Test
    void fillingAGapChangesNothingElse() {
        ServerConfig all = ConfigLoader.defaults(Map.of(
                "IM_MONGO_ADDRESS", "a:1",
                "IM_MONGO_USERNAME", "mu",
                "IM_MONGO_PASSWORD", "mp",
                "IM_MONGO_DATABASE", "md",
                "IM_REDIS_ADDRESS", "b:2",
                "IM_REDIS_USERNAME", "ru",
                "IM_REDIS_PASSWORD", "rp",
                "IM_REDIS_TLS", "true",
                "IM_LOGIN_SECRET", ConfigFolder.SECRET,
                "IM_LIMITS_WRITEQUEUE", "7"));
        assertThat(all.with(MongoSection.ADDRESS, "a:1")
                        .with(RedisSection.ADDRESS, "b:2")
                        .with(LoginSection.SECRET, Optional.of(secret)))
                .isEqualTo(all);
    }

    @Test
    void saysWhereToSetWhatIsMissing(@TempDir Path folder) {
        assertThatThrownBy(() -> ConfigLoader.load(folder, Map.of()).requireComplete())
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join(
                        "\n  ",
                        "The configuration cannot be used:",
                        missing(folder.resolve("db_config.ini"), MongoSection.ADDRESS),
                        missing(folder.resolve("db_config.ini"), RedisSection.ADDRESS),
                        missing(folder.resolve("sys_config.ini"), LoginSection.SECRET)));
    }

    private static String missing(Path file, Setting<?> setting) {
        return file + ": [" + setting.section() + "] " + setting.name() + ": not set; expected "
                + setting.format().expected() + ": write " + setting.name() + " = … below [" + setting.section()
                + "] there, or set the environment variable " + setting.variable();
    }

    @Test
    void saysWhatIsMissingWithoutAFolderToo() {
        ServerConfig config = defaults.with(MongoSection.ADDRESS, "a:1").with(LoginSection.SECRET, Optional.of(secret));
        assertThatThrownBy(config::requireComplete)
                .hasMessageContaining("db_config.ini: [redis] address: not set")
                .hasMessageNotContaining("[mongo]")
                .hasMessageNotContaining("[login]");
    }

    @Test
    void refusesAShortSecretFromCodeToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.with(LoginSection.SECRET, Optional.of(Secret.of("short"))));
    }

    @Test
    void showsTheAddressesAndTheModeOfRedis() {
        assertThat(shownRedis(Map.of("IM_REDIS_ADDRESS", "a"))).isEqualTo("a:6379");
        assertThat(shownRedis(Map.of("IM_REDIS_ADDRESS", "a,b", "IM_REDIS_MODE", "sentinel")))
                .isEqualTo("a:6379,b:6379 (sentinel, mymaster)");
        assertThat(shownRedis(Map.of("IM_REDIS_ADDRESS", "rediss://u:hunter2@a", "IM_REDIS_MODE", "cluster")))
                .isEqualTo("rediss://[REDACTED]@a:6379 (cluster)");
    }

    private static String shownRedis(Map<String, String> environment) {
        return RedisSection.redactedAddress(ConfigLoader.defaults(environment));
    }

    @Test
    void usesTlsBySettingOrByAddress() {
        assertThat(usesTls("a", "true")).isTrue();
        assertThat(usesTls("redis://a", "true")).isTrue();
        assertThat(usesTls("rediss://a", "false")).isTrue();
        assertThat(usesTls("redis://a", "false")).isFalse();
    }

    private static boolean usesTls(String address, String tls) {
        return RedisSection.usesTls(ConfigLoader.defaults(Map.of("IM_REDIS_ADDRESS", address, "IM_REDIS_TLS", tls)));
    }

    @Test
    void printsNoSecret() {
        ServerConfig config = ConfigLoader.defaults(Map.of(
                "IM_MONGO_ADDRESS", "mongodb://u:hunter2@m/?authMechanismProperties=AWS_SESSION_TOKEN:hunter2",
                "IM_MONGO_PASSWORD", "hunter2",
                "IM_REDIS_ADDRESS", "redis://:hunter2@r",
                "IM_REDIS_PASSWORD", "hunter2",
                "IM_REDIS_SENTINELPASSWORD", "hunter2",
                "IM_LOGIN_SECRET", "hunter2".repeat(5),
                "IM_PARTNER_KEYS", "shop:" + "hunter2".repeat(5)));
        assertThat(config.toString())
                .doesNotContain("hunter2")
                .contains(
                        "mongodb://[REDACTED]@m/?[REDACTED]", "redis://[REDACTED]@r:6379", "shop", "database=simpleim");
    }
}
