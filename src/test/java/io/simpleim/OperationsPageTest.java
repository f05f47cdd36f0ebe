package io.simpleim;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.config.MongoSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations page shows existing files, valid settings and real log lines. */
class OperationsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/operations.md");
    private static final Pattern INI = Pattern.compile("```ini\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LOG_ROW = Pattern.compile("^\\| `([^`]+)` \\| (?:INFO|WARN|ERROR) \\|");
    private static final Pattern DIFFERS = Pattern.compile("…");

    @ParameterizedTest
    @CsvSource({"nginx, nginx.conf", "haproxy, haproxy.cfg"})
    void proxyConfigurationIsQuotedVerbatim(String language, String file) throws IOException {
        String text = Files.readString(Path.of("src/site/proxies", file));
        assertThat(page()).contains("```" + language + "\n" + text + "```\n");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void configurationExamplesAreValid(String text, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("db_config.ini"), text);
        Files.writeString(folder.resolve("sys_config.ini"), "[login]\nsecret = " + "s".repeat(32) + "\n");
        ServerConfig config = ConfigLoader.load(folder, Map.of()).requireComplete();
        assertThat(text).contains(config.get(MongoSection.ADDRESS)).contains(config.get(RedisSection.ADDRESS));
    }

    static Stream<String> configurations() throws IOException {
        return INI.matcher(page()).results().map(match -> match.group(1));
    }

    @Test
    void quotedLogLinesAreWrittenByTheProgram() throws IOException {
        List<String> rows = page().lines()
                .flatMap(line -> LOG_ROW.matcher(line).results().map(match -> match.group(1)))
                .toList();
        assertThat(rows).hasSizeGreaterThan(5);
        String code = code();
        assertThat(rows)
                .allSatisfy(row -> assertThat(DIFFERS.split(row))
                        .allSatisfy(part -> assertThat(code).contains(part.strip())));
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(OperationsPageTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
