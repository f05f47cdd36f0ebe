package io.simpleim.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.config.MongoSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.Settings;
import io.simpleim.config.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an INI file may contain, and which lines are refused because they could be misread. */
class IniReadingTest {
    @TempDir
    Path path;

    private ConfigFolder folder;

    @BeforeEach
    void setUp() {
        folder = new ConfigFolder(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "p#a;s=s${x}\" | p#a;s=s${x}\"",
                "'p#a;s=s${x}\"' | p#a;s=s${x}\"",
                "\"p#a;s=s${x}\\\"\" | p#a;s=s${x}\"",
                "a # comment | a",
                "a ; comment | a",
                "'a # b' # comment | a # b",
                "' a ' | ` a `",
                "'it\\'s' | it's",
                "\"a\\b\" | a\\b",
                "a\\ | a\\",
                "a,b | a,b",
                "a.b[c](d) | a.b[c](d)",
                "it's | it's",
                "\"\" | ``",
                "密码 | 密码",
            })
    void readsAPasswordAsItStands(String written, String password) {
        folder.db("[mongo]", "password = " + written, "username = user");
        ServerConfig config = folder.load();
        assertThat(config.get(MongoSection.PASSWORD).map(Secret::reveal).orElse(""))
                .isEqualTo(password);
        assertThat(config.get(MongoSection.USERNAME)).isEqualTo("user");
    }

    @Test
    void readsAVeryLongValue() {
        String password = "a\\b#".repeat(50_000);
        folder.db("[mongo]", "password = \"" + password + "\"");
        assertThat(folder.load().get(MongoSection.PASSWORD)).contains(Secret.of(password));
    }

    @Test
    void takesSectionsAndKeysInAnyCaseAndWithColons() {
        folder.db("; comment", "[ MONGO ] # comment", "ADDRESS: db:1", "", "[mongo]", "dataBase=x");
        assertThat(folder.load().get(MongoSection.ADDRESS)).isEqualTo("db:1");
        assertThat(folder.load().get(MongoSection.DATABASE)).isEqualTo("x");
    }

    @Test
    void toleratesAByteOrderMark() {
        folder.db("\uFEFF[mongo]", "address = db:1");
        assertThat(folder.load().get(MongoSection.ADDRESS)).isEqualTo("db:1");
    }

    @Test
    void refusesAnotherEncoding() {
        folder.write(Settings.DB_FILE, "[mongo]\nusername = müller".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(folder.problems()).containsExactly(folder.db() + ": not UTF-8; expected a file saved in UTF-8");
    }

    @Test
    void refusesAFileThatCannotBeRead() throws IOException {
        Files.createDirectory(path.resolve(Settings.SYS_FILE));
        assertThat(folder.problems()).singleElement().asString().startsWith(folder.sys() + ": cannot be read (");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hunter2 | expected [section], key = value",
                "= hunter2 | expected [section], key = value",
                "'password' = hunter2 | expected [section], key = value",
                "[mongo] password = hunter2 | expected [section], key = value",
                "[mongo | expected [section], key = value",
                "password = \"hunter2 | expected quotes that close",
                "password = \"hunter2\"x | expected quotes that close",
                "password = \"hunter2\\\" | expected quotes that close",
                "password = hunter2=\"x\" | expected the whole value in quotes",
                "password = hunter2: 'x' | expected the whole value in quotes",
                "password = #hunter2 | expected quotes around a value that starts like a comment",
                "password = ; hunter2 | expected quotes around a value that starts like a comment",
            })
    void refusesAnAmbiguousLine(String line, String expected) {
        folder.db("[mongo]", line, "username = user");
        assertThat(folder.problems())
                .singleElement()
                .asString()
                .startsWith(folder.db() + ": line 2 (not shown): " + expected)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password = hunter2 \\", "password = \\"})
    void refusesAValueThatGoesOnInTheNextLine(String line) {
        folder.db("[mongo]", line, "username = user");
        assertThat(folder.problems())
                .containsExactly(folder.db()
                        + ": [mongo] password: continued on a second line; expected one line, or the environment"
                        + " variable IM_MONGO_PASSWORD if the value ends with \\");
    }
}
