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
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guides' tables match the program, and their links resolve. */
class GuidesTest {
    private static final Path GUIDES = Path.of("src/site/markdown");
    private static final Path MENU = Path.of("webapp/docs/js/guides.js");
    private static final List<Path> OTHER_DOCUMENTS = List.of(
            Path.of("README.md"),
            Path.of("README.zh-CN.md"),
            Path.of("webapp/sdk/README.md"),
            Path.of("src/site/examples/README.md"),
            Path.of("src/site/conformance/README.md"));

    private static final Pattern ERROR = Pattern.compile("`([a-z_]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern EXTERNAL = Pattern.compile("https?:");
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#{1,4} (.+)$", Pattern.MULTILINE);
    private static final Pattern DECLARATION = Pattern.compile("--[a-z-]+: [^;]+;");

    @Test
    void settingsTableMatchesTheSettings() throws IOException {
        List<String> rows = lines("configuration.md").stream()
                .dropWhile(line -> !line.startsWith("| setting |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows).isEqualTo(Settings.all().stream().map(GuidesTest::row).toList());
    }

    @Test
    void errorTablesMatchTheCatalogue() throws IOException {
        Set<String> documented = lines("api.md").stream()
                .dropWhile(line -> !line.startsWith("| error | means |"))
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .map(GuidesTest::errorCell)
                .flatMap(cell -> ERROR.matcher(cell).results().map(match -> match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ApiError.values()).map(ApiError::wireName).toList());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToExistingFilesAndSections(Path document) throws IOException {
        List<String> links = LINK.matcher(withoutCode(Files.readString(document)))
                .results()
                .map(match -> match.group(1))
                .filter(link -> !EXTERNAL.matcher(link).lookingAt())
                .toList();

        assertThat(links).allSatisfy(link -> assertLeadsSomewhere(document, link));
    }

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> guides = Files.list(GUIDES)) {
            return Stream.concat(guides.toList().stream(), OTHER_DOCUMENTS.stream());
        }
    }

    @Test
    void everyGuideIsInTheMenu() throws IOException {
        String menu = Files.readString(MENU);
        try (Stream<Path> guides = Files.list(GUIDES)) {
            assertThat(guides)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(guide -> assertThat(menu)
                            .contains("id: \"" + guide.getFileName().toString().replace(".md", "") + "\""));
        }
    }

    @Test
    void documentationUsesTheColoursOfTheChatPage() throws IOException {
        List<String> chat = declarations("webapp/demo/css/base.css");

        assertThat(declarations("webapp/docs/docs.css"))
                .filteredOn(colour -> colour.contains("#"))
                .hasSizeGreaterThan(15)
                .isSubsetOf(chat);
    }

    private static List<String> declarations(String css) throws IOException {
        return DECLARATION
                .matcher(Files.readString(Path.of(css)))
                .results()
                .map(match -> match.group())
                .toList();
    }

    private static void assertLeadsSomewhere(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path folder = Objects.requireNonNull(document.toAbsolutePath().getParent());
        Path target = parts[0].isEmpty() ? document : folder.resolve(parts[0]).normalize();
        assertThat(target).exists();
        if (parts.length > 1) {
            assertThat(anchors(target)).contains(parts[1]);
        }
    }

    /** Heading ids as git hosts generate them. */
    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(withoutCode(Files.readString(document)))
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(String markdown) {
        return CODE.matcher(markdown).replaceAll("");
    }

    /** The first column, or the second one in the table that starts with the status. */
    private static String errorCell(String row) {
        String[] cells = row.split("\\|");
        return cells[1].contains("`") ? cells[1] : cells[2];
    }

    private static List<String> lines(String guide) throws IOException {
        return Files.readAllLines(GUIDES.resolve(guide));
    }

    private static String row(Setting<?> setting) {
        String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
        return "| `[" + setting.section() + "] " + setting.name() + "` | " + value + " | `" + setting.variable()
                + "` | " + setting.description() + " |";
    }
}
