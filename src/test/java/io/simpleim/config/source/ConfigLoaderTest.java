package io.simpleim.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.config.ConfigException;
import io.simpleim.config.LoginSection;
import io.simpleim.config.MongoSection;
import io.simpleim.config.PartnerSection;
import io.simpleim.config.RedisMode;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.Settings;
import io.simpleim.config.WebSection;
import io.simpleim.config.value.Addresses;
import io.simpleim.config.value.HashedSecret;
import io.simpleim.config.value.PartnerKey;
import io.simpleim.config.value.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @TempDir
    Path path;

    private ConfigFolder folder;

    @BeforeEach
    void setUp() {
        folder = new ConfigFolder(path);
    }

    @Test
    void takesDefaultsForFilesThatAreMissing() {
        ServerConfig config = folder.load();
        assertThat(config.folder()).contains(path);
        assertThat(values(config, "mongo")).containsExactly("", "", Optional.empty(), "simpleim");
        assertThat(values(config, "redis"))
                .containsExactly(
                        "", RedisMode.STANDALONE, "", Optional.empty(), "mymaster", "", Optional.empty(), false);
        assertThat(values(config, "login"))
                .containsExactly(7 * 24 * 3600, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(PartnerSection.isProtectedMode(config)).isTrue();
        assertThat(values(config, "limits"))
                .containsExactly(
                        16384, 131072, 131072, 16, 10000, 20, 5000, 10000, 200, 2000, 200, 2000, 200, 2000, 100, 2000,
                        18000, 32, 5000, 1048576, 15, 200, 60, 10000);
    }

    @Test
    void takesDefaultsWithoutAFolder() {
        ServerConfig config = ConfigLoader.defaults(Map.of("IM_MONGO_DATABASE", "x"));
        assertThat(config.folder()).isEmpty();
        assertThat(config.get(MongoSection.DATABASE)).isEqualTo("x");
        assertThat(values(config, "limits")).isEqualTo(values(folder.load(), "limits"));
    }

    @Test
    void readsEverySetting() {
        folder.db(
                "[mongo]",
                "address = a:1",
                "username = mu",
                "password = mp",
                "database = md",
                "[redis]",
                "address = r:2,q",
                "mode = sentinel",
                "username = ru",
                "password = rp",
                "masterName = rm",
                "sentinelUsername = su",
                "sentinelPassword = sp",
                "tls = true");
        folder.sys(
                "[login]",
                "loginExpire = 60",
                "secret = " + ConfigFolder.SECRET,
                "previousSecret = before " + ConfigFolder.SECRET,
                "legacySecret = im",
                "[partner]",
                "keys = shop:" + ConfigFolder.SECRET,
                "[web]",
                "allowedOrigins = https://Shop.example:443, http://127.0.0.1:8081,capacitor://localhost",
                "[limits]",
                "maxMessageBytes = 1",
                "maxBodyBytes = 2000",
                "maxFrameBytes = 3000",
                "jsonDepth = 11",
                "jsonMembers = 17",
                "bodySeconds = 12",
                "membersPerRoom = 4",
                "roomsPerUser = 13",
                "messagesPerSecond = 5",
                "messageBurst = 6",
                "framesPerSecond = 14",
                "frameBurst = 15",
                "loginsPerSecond = 16",
                "loginBurst = 18",
                "handshakesPerSecond = 19",
                "handshakeBurst = 20",
                "connections = 21",
                "connectionsPerUser = 22",
                "connectionsPerAddress = 23",
                "outboundQueueBytes = 70000",
                "outboundQueueSeconds = 7",
                "offlinePerRoom = 9",
                "idleSeconds = 10",
                "writeQueue = 8");
        Secret secret = Secret.of(ConfigFolder.SECRET);
        ServerConfig config = folder.load();
        assertThat(values(config, "mongo")).containsExactly("a:1", "mu", Optional.of(Secret.of("mp")), "md");
        assertThat(values(config, "redis"))
                .containsExactly(
                        "r:2,q:6379",
                        RedisMode.SENTINEL,
                        "ru",
                        Optional.of(Secret.of("rp")),
                        "rm",
                        "su",
                        Optional.of(Secret.of("sp")),
                        true);
        assertThat(values(config, "login"))
                .containsExactly(
                        60,
                        Optional.of(secret),
                        Optional.of(Secret.of("before " + ConfigFolder.SECRET)),
                        Optional.of(Secret.of("im")));
        assertThat(config.get(WebSection.ALLOWED_ORIGINS))
                .containsExactly("https://shop.example", "http://127.0.0.1:8081", "capacitor://localhost");
        assertThat(config.get(PartnerSection.KEYS))
                .containsExactly(new PartnerKey("shop", HashedSecret.of(ConfigFolder.SECRET)));
        assertThat(PartnerSection.isProtectedMode(config)).isFalse();
        assertThat(values(config, "limits"))
                .containsExactly(
                        1, 2000, 3000, 11, 17, 12, 4, 13, 5, 6, 14, 15, 16, 18, 19, 20, 21, 22, 23, 70000, 7, 9, 10, 8);
    }

    /** The values of a section, in the order of the sample file. */
    private static List<Object> values(ServerConfig config, String section) {
        return Settings.inSection(section).stream()
                .<Object>map(setting -> config.get(setting))
                .toList();
    }

    @Test
    void theEnvironmentBeatsTheFileEvenWhenEmpty() {
        folder.db("[mongo]", "address = a:1", "database = x");
        Map<String, String> environment = Map.of("IM_MONGO_ADDRESS", "", "IM_LOGIN_LOGINEXPIRE", "0");
        ServerConfig config = folder.load(environment);
        assertThat(config.get(MongoSection.ADDRESS)).isEmpty();
        assertThat(config.get(MongoSection.DATABASE)).isEqualTo("x");
        assertThat(config.get(LoginSection.LOGIN_EXPIRE)).isZero();
    }

    @Test
    void theEnvironmentMayReplaceABadValue() {
        folder.sys("[login]", "loginExpire = soon");
        assertThat(folder.load(Map.of("IM_LOGIN_LOGINEXPIRE", "5")).get(LoginSection.LOGIN_EXPIRE))
                .isEqualTo(5);
    }

    @Test
    void ignoresOtherPeoplesVariables() {
        Map<String, String> environment =
                Map.of("IM_CONFIG", "/x", "IM_HTTP_X", "y", "MONGO_ADDRESS", "z", "IM_MONGO", "z", "im_mongo_x", "z");
        assertThat(folder.load(environment)).isEqualTo(folder.load());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IM_MONGO_ADDRES | did you mean IM_MONGO_ADDRESS?",
                "IM_REDIS_SERVICE_PORT | expected one of IM_REDIS_ADDRESS, IM_REDIS_MODE, IM_REDIS_USERNAME,"
                        + " IM_REDIS_PASSWORD, IM_REDIS_MASTERNAME, IM_REDIS_SENTINELUSERNAME,"
                        + " IM_REDIS_SENTINELPASSWORD, IM_REDIS_TLS",
                "IM_LOGIN_LOGIN_EXPIRE | did you mean IM_LOGIN_LOGINEXPIRE?",
                "IM_LOGIN_loginExpire | did you mean IM_LOGIN_LOGINEXPIRE?",
            })
    void refusesAVariableWithAnUnknownKey(String variable, String hint) {
        assertThat(folder.problems(Map.of(variable, "hunter2")))
                .singleElement()
                .asString()
                .startsWith("environment variable " + variable + ": unknown key of [")
                .endsWith(hint)
                .doesNotContain("hunter2");
    }

    @Test
    void namesTheVariableOfABadValue() {
        assertThat(folder.problems(Map.of("IM_LIMITS_WRITEQUEUE", "")))
                .containsExactly("environment variable IM_LIMITS_WRITEQUEUE: [limits] writeQueue = \"\": not a whole"
                        + " number; expected a whole number from 1 to 1000000");
    }

    @Test
    void refusesAFolderThatDoesNotExist() {
        Path missing = path.resolve("missing");
        assertThatThrownBy(() -> ConfigLoader.load(missing, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        missing + ": does not exist; expected the folder with db_config.ini and" + " sys_config.ini");
    }

    @Test
    void refusesAFileInPlaceOfAFolder() {
        Path file = Path.of(folder.db("").db());
        assertThatThrownBy(() -> ConfigLoader.load(file, Map.of())).hasMessageContaining(file + ": not a folder");
    }

    @Test
    void namesTheWholePathOfARelativeFolder() {
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("missing"), Map.of()))
                .hasMessageContaining(Path.of("missing").toAbsolutePath().toString());
    }

    @Test
    void listsAllProblemsOneALine() {
        folder.db("nowhere = 1", "[mongo]", "adress = a", "[mogno]", "[redis]", "address = a:b");
        folder.sys("[limits]", "writeQueue = 0");
        assertThatThrownBy(() -> folder.load(Map.of("IM_LOGIN_X", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join(
                        "\n  ",
                        "The configuration cannot be used:",
                        folder.db() + ": nowhere: outside a section; expected below [mongo] or [redis]",
                        folder.db() + ": [mongo] adress: unknown key; did you mean address?",
                        folder.db() + ": [mogno]: unknown section; did you mean [mongo]?",
                        "environment variable IM_LOGIN_X: unknown key of [login]; expected one of"
                                + " IM_LOGIN_LOGINEXPIRE, IM_LOGIN_SECRET, IM_LOGIN_PREVIOUSSECRET,"
                                + " IM_LOGIN_LEGACYSECRET",
                        folder.db() + ": [redis] address = \"a:b\": not host:port (an IPv6 address is written in"
                                + " brackets); expected " + Addresses.REDIS.expected(),
                        folder.sys() + ": [limits] writeQueue = \"0\": out of range; expected a whole number from 1"
                                + " to 1000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[login] | [login]: unknown section; expected in sys_config.ini",
                "[zzz] | [zzz]: unknown section; expected one of [mongo], [redis]",
                "[] | [(0 characters, not shown)]: unknown section; expected one of [mongo], [redis]",
                "[mongo.x] | [mongo.x]: unknown section; did you mean [mongo]?",
            })
    void refusesAnUnknownSection(String section, String problem) {
        folder.db(section, "address = a", "username = u");
        assertThat(folder.problems()).containsExactly(folder.db() + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zzz | zzz: unknown key; expected one of address, username, password, database",
                "user.name | user.name: unknown key; did you mean username?",
                "c2VjcmV0IG9mIHRoZSBzZXJ2ZXIgdGhhdCBzbGlwcGVk | (44 characters, not shown): unknown key; expected one"
                        + " of address, username, password, database",
            })
    void refusesAnUnknownKey(String key, String problem) {
        folder.db("[mongo]", key + " = hunter2");
        assertThat(folder.problems()).containsExactly(folder.db() + ": [mongo] " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"address", "ADDRESS"})
    void refusesADuplicateKey(String again) {
        folder.db("[mongo]", "address = a:1", "[redis]", "[Mongo]", again + " = a:1");
        assertThat(folder.problems())
                .containsExactly(folder.db() + ": [mongo] address: set more than once; expected once");
    }

    @ParameterizedTest
    @CsvSource({"login, secret, hunter2", "partner, keys, shop:hunter2"})
    void neverShowsASecret(String section, String key, String value) {
        folder.sys("[" + section + "]", key + " = " + value);
        assertThat(folder.problems())
                .singleElement()
                .asString()
                .startsWith(folder.sys() + ": [" + section + "] " + key + " (value not shown): ")
                .contains("; expected ")
                .doesNotContain("hunter2");
    }

    @Test
    void hidesTheCredentialsOfABadAddress() {
        folder.db("[redis]", "address = redis://u:hunter2/@host/?p=hunter2", "[mongo]", "address = u:hunter2@host:x");
        assertThat(folder.problems())
                .hasSize(2)
                .noneMatch(problem -> problem.contains("hunter2"))
                .anyMatch(problem -> problem.contains("\"redis://[REDACTED]@host/?[REDACTED]\""))
                .anyMatch(problem -> problem.contains("\"[REDACTED]@host:x\""));
    }

    @Test
    void keepsAProblemOnOneLine() {
        assertThat(folder.problems(Map.of("IM_MONGO_DATABASE", "a\nb")))
                .singleElement()
                .asString()
                .contains("[mongo] database = \"a?b\": a character that is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxBodyBytes", "maxFrameBytes"})
    void aBodyAndAFrameHoldTheLargestMessage(String key) {
        folder.sys("[limits]", "maxMessageBytes = 1000", key + " = 2024");
        assertThat(folder.load()).isNotNull();
        folder.sys("[limits]", "maxMessageBytes = 1000", key + " = 2023");
        assertThat(folder.problems())
                .containsExactly(folder.sys() + ": [limits] " + key + " = \"2023\": does not fit " + folder.sys()
                        + ": [limits] maxMessageBytes = \"1000\"; expected at least 2024");
    }

    @Test
    void aLargerMessageNeedsALargerBodyAndFrame() {
        folder.sys("[limits]", "maxMessageBytes = 1048576");
        assertThat(folder.problems()).hasSize(2).allMatch(problem -> problem.startsWith("default of sys_config.ini:"));
    }

    @Test
    void aBadLimitIsNotComparedWithOthers() {
        folder.sys("[limits]", "maxMessageBytes = 1000000", "maxBodyBytes = x", "maxFrameBytes = y");
        assertThat(folder.problems()).hasSize(2).allMatch(problem -> problem.contains("not a whole number"));
        folder.sys("[limits]", "maxMessageBytes = x", "maxBodyBytes = 1024");
        assertThat(folder.problems()).hasSize(1).allMatch(problem -> problem.contains("not a whole number"));
    }

    @ParameterizedTest
    @CsvSource({"previousSecret, secret", "legacySecret, secret", "legacySecret, previousSecret"})
    void aSecretIsNotSetTwice(String key, String other) {
        folder.sys("[login]", key + " = " + ConfigFolder.SECRET, other + " = " + ConfigFolder.SECRET);
        assertThat(folder.problems())
                .containsExactly(folder.sys() + ": [login] " + key + " (value not shown): does not fit " + folder.sys()
                        + ": [login] " + other + " (value not shown); expected a secret of its own in each");
    }
}
