package io.simpleim.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.ShippedLog;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** What the shipped {@code logback.xml} writes. */
class ShippedLogTest {
    private static final String LINE = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} [A-Z ]{5} .*";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n2026-11-26 08:09:10.007 ERROR [main] forged",
                "\n\tat forged.Frame.of(Forged.java:1)",
                "\nCaused by: forged",
                "\u0085forged\u2028forged\u2029forged\u000bforged\fforged",
                "\u001b[2J\u001b]0;title\u0007\u009b1A",
                "\b\b\b\u007f\u202eforged\u2066\u200b"
            })
    void loggedTextCannotForgeLinesOrControlATerminal(String nasty) {
        try (ShippedLog log = ShippedLog.beside(Map.of())) {
            Logger logger = log.logger("io.simpleim.Some");
            Exception cause = new IllegalStateException("cause " + nasty);
            Exception thrown = new IllegalArgumentException("thrown " + nasty, cause);
            thrown.addSuppressed(new IOException("suppressed " + nasty));
            logger.info("message " + nasty);
            logger.warn("with a value {}", nasty);
            logger.error("with an exception {}", nasty, thrown);

            List<String> lines = log.console().lines().toList();
            assertThat(lines).filteredOn(line -> line.matches(LINE)).hasSize(3);
            // Followed by the lines of a stack trace, in the format of Java.
            assertThat(lines)
                    .filteredOn(line -> !line.matches(LINE))
                    .isNotEmpty()
                    .allMatch(line -> line.matches("java\\.lang\\.IllegalArgumentException: thrown .*"
                            + "|\tSuppressed: java\\.io\\.IOException: suppressed .*"
                            + "|Caused by: java\\.lang\\.IllegalStateException: cause .*"
                            + "|\t+at [^ ]+(?: .*)?|\t+\\.\\.\\. \\d+ common frames omitted"))
                    .noneMatch(line -> line.matches("(\tat|Caused by:) forged.*"));
            assertThat(log.console()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t]]");
        }
    }

    @Test
    void aLineNamesTheRequestAndThePartner() {
        try (ShippedLog log = ShippedLog.beside(Map.of())) {
            MDC.put("request_id", "id-1");
            log.logger("io.simpleim.Some").info("of nobody");
            MDC.put("partner", "shop");
            log.logger("io.simpleim.Some").info("of a partner");
            MDC.clear();

            assertThat(log.console()).contains(" id-1 of nobody\n", " id-1 by shop of a partner\n");
        }
    }

    @Test
    void theAuditLogHasAFileOfItsOwnThatOthersCannotRead() throws IOException {
        Path file = folder.resolve("made/for/it/audit.log");
        try (ShippedLog log = ShippedLog.beside(Map.of("im.audit.file", file.toString()))) {
            log.logger("simpleim.audit").info("{\"event\":\"login\"}");
            log.logger("io.simpleim.Some").info("something else");

            assertThat(Files.readString(file)).isEqualTo("{\"event\":\"login\"}\n");
            assertThat(log.console()).doesNotContain("login").contains("something else");
        }
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void inATomcatItIsAmongTomcatsLogs() throws IOException {
        String before = System.getProperty("catalina.base");
        try (ShippedLog log = ShippedLog.beside(Map.of("catalina.base", folder.toString()))) {
            log.logger("simpleim.audit").info("{}");
        } finally {
            if (before != null) {
                System.setProperty("catalina.base", before);
            }
        }
        assertThat(Files.readString(folder.resolve("logs/simpleim-audit.log"))).isEqualTo("{}\n");
    }

    @Test
    void withoutAConfiguredPlaceThereIsNoAuditLog() throws IOException {
        String before = System.clearProperty("catalina.base");
        try (ShippedLog log = ShippedLog.beside(Map.of())) {
            log.logger("simpleim.audit").info("{\"event\":\"login\"}");
            assertThat(log.console()).isEmpty();
        } finally {
            if (before != null) {
                System.setProperty("catalina.base", before);
            }
        }
        assertThat(Path.of("logs")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeOpenedIsNamedOnceAndAllElseIsLogged() throws IOException {
        Path notAFolder = Files.createFile(folder.resolve("file"));
        Path file = notAFolder.resolve("audit.log");
        try (ShippedLog log = ShippedLog.beside(Map.of("im.audit.file", file.toString()))) {
            for (int i = 0; i < 10; i++) {
                log.logger("simpleim.audit").info("{\"event\":\"login\"}");
            }
            log.logger("io.simpleim.Some").info("it runs");

            List<String> lines = log.console().lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0))
                    .startsWith("The log cannot be written as it should: ")
                    .contains(file.toString());
            assertThat(lines.get(1)).endsWith("it runs");
        }
    }

    @Test
    void allAuditFilesTogetherStayBelowTheirCap() throws IOException {
        Path file = folder.resolve("audit.log");
        Files.writeString(file, "x".repeat(3000));
        // A file left over from earlier days.
        for (int day = 10; day < 20; day++) {
            Files.writeString(folder.resolve("audit.log.2026-01-" + day + ".0"), "x".repeat(1000));
        }
        Map<String, String> small =
                Map.of("im.audit.file", file.toString(), "im.audit.totalSize", "4KB", "im.audit.days", "36500");
        try (ShippedLog log = ShippedLog.beside(small)) {
            log.logger("simpleim.audit").info("{}");
            await().until(() -> sizeOfRolled() <= 4096);
        }
        assertThat(Files.readString(file)).endsWith("{}\n");
        assertThat(IntStream.range(10, 20).mapToObj(day -> folder.resolve("audit.log.2026-01-" + day + ".0")))
                .filteredOn(Files::exists)
                .contains(folder.resolve("audit.log.2026-01-19.0"));
    }

    private long sizeOfRolled() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().startsWith("audit.log."))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }
}
