package io.simpleim.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server refuses to start with an invalid configuration, and prints the reason. */
class StandaloneConfigurationIT {
    @TempDir
    Path folder;

    private String refusal(Map<String, String> environment, String... arguments) {
        try (JarProcess server = JarProcess.start(folder, environment, List.of(), arguments)) {
            assertThat(server.exitCode()).isPositive();
            assertThat(server.output()).contains("does not start").doesNotContainPattern("(?m)^\\s+at .*\\(");
            return server.output();
        }
    }

    private String refusalWith(String file, String content) throws IOException {
        Path config = Files.createDirectory(folder.resolve("conf"));
        Files.writeString(config.resolve(file), content);
        return refusal(Map.of(), "--port", "0", "--config", "conf");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "db_config.ini, [mongo]|adress = a, [mongo] adress, did you mean address",
        "sys_config.ini, [login]|loginExpire = soon, [login] loginExpire, expected a whole number",
        "sys_config.ini, [login]|secret = short, [login] secret, expected at least 32"
    })
    void namesTheFileTheKeyAndWhatWasExpected(String file, String content, String key, String expected)
            throws IOException {
        assertThat(refusalWith(file, content.replace('|', '\n')))
                .contains(folder.resolve("conf").resolve(file).toString(), key, expected);
    }

    @Test
    void doesNotPrintASecretThatIsTooShort() throws IOException {
        assertThat(refusalWith("sys_config.ini", "[login]\nsecret = hush-hush")).doesNotContain("hush-hush");
    }

    @Test
    void namesAMissingFolder() {
        assertThat(refusal(Map.of(), "--config", "nowhere"))
                .contains(folder.resolve("nowhere").toString(), "does not exist", "expected the folder");
    }

    @Test
    void namesAnUnknownEnvironmentVariable() {
        assertThat(refusal(Map.of("IM_MONGO_ADRESS", "x"), "--port", "0"))
                .contains("IM_MONGO_ADRESS", "IM_MONGO_ADDRESS");
    }
}
