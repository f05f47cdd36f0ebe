package io.simpleim;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The security page names existing tests. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/security.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT|Contract))(?:\\.([a-z]\\w*))?`");
    private static final Map<String, String> SOURCES = sources();

    private record Named(String testClass, String method) {}

    @ParameterizedTest
    @MethodSource("named")
    void namedTestExists(Named test) {
        assertThat(SOURCES).containsKey(test.testClass());
        if (test.method() != null) {
            assertThat(SOURCES.get(test.testClass())).contains(" " + test.method() + "(");
        }
    }

    @Test
    void everyThreatHasATest() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> line.chars().filter(c -> c == '|').count() == 5)
                .skip(1)
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(15)
                .allSatisfy(row -> assertThat(row).containsPattern(TEST));
    }

    static List<Named> named() throws IOException {
        return TEST.matcher(Files.readString(PAGE))
                .results()
                .map(match -> new Named(match.group(1), match.group(2)))
                .distinct()
                .toList();
    }

    /** The source of each test by class name. */
    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            SecurityPageTest::read,
                            String::concat));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
