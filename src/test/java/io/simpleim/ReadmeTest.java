package io.simpleim;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.api.ApiError;
import io.simpleim.config.Setting;
import io.simpleim.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's tables say what the program says. */
class ReadmeTest {
    private static final Pattern ERROR = Pattern.compile("`([a-z_]+)`");

    @Test
    void theTableOfSettingsIsTheListOfSettings() throws IOException {
        List<String> rows = lines().stream()
                .dropWhile(line -> !line.startsWith("| setting |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows).isEqualTo(Settings.all().stream().map(ReadmeTest::row).toList());
    }

    @Test
    void theTablesOfErrorsAreTheCatalogueOfErrors() throws IOException {
        Set<String> documented = lines().stream()
                .dropWhile(line -> !line.startsWith("| error | means |"))
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .map(ReadmeTest::errorCell)
                .flatMap(cell -> ERROR.matcher(cell).results().map(match -> match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ApiError.values()).map(ApiError::wireName).toList());
    }

    /** The first column, or the second in the table whose first is the status. */
    private static String errorCell(String row) {
        String[] cells = row.split("\\|");
        return cells[1].contains("`") ? cells[1] : cells[2];
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(Path.of("README.md"));
    }

    private static String row(Setting<?> setting) {
        String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
        return "| `[" + setting.section() + "] " + setting.name() + "` | " + value + " | `" + setting.variable()
                + "` | " + setting.description() + " |";
    }
}
