package io.simpleim.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.simpleim.config.ConfigException;
import io.simpleim.config.MongoSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

/** Any content of the files and the environment is either used or refused with a reason, and no secret is shown. */
class ConfigFuzzTest {
    /** The start of every secret; for some settings it is too short until the fuzzer extends it. */
    private static final String SECRET = "hunter2hunter2";

    @TempDir
    static Path path;

    /**
     * @param input four pieces with a NUL between: what precedes the secrets in db_config.ini, then in sys_config.ini, how
     *     the values of the secrets go on, and lines of the environment
     */
    @FuzzTest
    void aConfigurationIsUsedOrRefusedAndShowsNoSecret(byte[] input) {
        List<byte[]> pieces = pieces(input);
        byte[] end = pieces.get(2);
        ConfigFolder folder = new ConfigFolder(path)
                .write(Settings.DB_FILE, file(pieces.get(0), "password", "sentinelPassword", end))
                .write(Settings.SYS_FILE, file(pieces.get(1), "secret", "keys", end));
        Map<String, String> environment = environment(new String(pieces.get(3), StandardCharsets.UTF_8));
        environment.put("IM_LOGIN_PREVIOUSSECRET", SECRET + new String(end, StandardCharsets.UTF_8));
        environment.put("IM_LOGIN_LEGACYSECRET", SECRET);
        try {
            ServerConfig config = folder.load(environment);
            assertThat(config.toString()).doesNotContain(SECRET);
            assertThat(MongoSection.redactedAddress(config) + RedisSection.redactedAddress(config))
                    .doesNotContain(SECRET);
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e.getMessage()).doesNotContain(SECRET);
        }
    }

    private static List<byte[]> pieces(byte[] input) {
        byte[][] pieces = {new byte[0], new byte[0], new byte[0], new byte[0]};
        int from = 0;
        for (int i = 0; i < pieces.length; i++) {
            int to = from;
            while (to < input.length && (input[to] != 0 || i == pieces.length - 1)) {
                to++;
            }
            pieces[i] = Arrays.copyOfRange(input, from, to);
            from = Math.min(to + 1, input.length);
        }
        return List.of(pieces);
    }

    /** Lines that set secrets, below the text of the fuzzer. */
    private static byte[] file(byte[] start, String oneKey, String otherKey, byte[] end) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(start);
        file.writeBytes(("\n" + oneKey + " = " + SECRET).getBytes(StandardCharsets.UTF_8));
        file.writeBytes(end);
        file.writeBytes(("\n" + otherKey + ": shop:" + SECRET).getBytes(StandardCharsets.UTF_8));
        file.writeBytes(end);
        return file.toByteArray();
    }

    private static Map<String, String> environment(String lines) {
        Map<String, String> environment = new HashMap<>();
        for (String line : lines.split("\n", -1)) {
            String[] nameAndValue = line.split("=", 2);
            environment.put(nameAndValue[0], nameAndValue.length < 2 ? "" : Objects.requireNonNull(nameAndValue[1]));
        }
        return environment;
    }
}
