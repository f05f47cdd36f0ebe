package io.simpleim.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.config.source.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the shipped samples with the list of settings. In a sample, {@code #key = value} without a
 * space after the # is a setting that is commented out; {@code # text} is a comment.
 */
class SamplesTest {
    private static final Path SAMPLES = Path.of("config");
    private static final Pattern SECTION = Pattern.compile("\\[(.+)]");
    private static final Pattern SETTING = Pattern.compile("(#?)(\\w+) =(?: (.*))?");

    private record Line(String file, String section, String name, String value, boolean active) {}

    @Test
    void theSamplesHoldEverySettingWithItsDefaultAndNothingElse() throws IOException {
        List<Line> listed = Settings.all().stream()
                .map(setting -> new Line(
                        setting.file(),
                        setting.section(),
                        setting.name(),
                        setting.defaultValue(),
                        isPublished(setting.label())))
                .toList();
        List<Line> written = new ArrayList<>();
        for (String file : Settings.files().toList()) {
            written.addAll(settings(file));
        }
        assertThat(written).containsExactlyElementsOf(listed);
    }

    /** The settings that existing installations fill in are active in the samples; the others are commented out. */
    private static boolean isPublished(String label) {
        return Stream.of("[mongo] ", "[redis] address", "[login] loginExpire").anyMatch(label::startsWith);
    }

    @Test
    void theSamplesLoadAndChangeNothing() {
        ServerConfig config = ConfigLoader.load(SAMPLES, Map.of());
        ServerConfig defaults = ConfigLoader.defaults(Map.of());
        assertThat(Settings.all())
                .allSatisfy(setting -> assertThat((Object) config.get(setting))
                        .as(setting.label())
                        .isEqualTo(defaults.get(setting)));
    }

    @Test
    void theSamplesLoadWithEverythingActive(@TempDir Path folder) throws IOException {
        for (String file : Settings.files().toList()) {
            List<String> lines = lines(file)
                    .map(line -> SETTING.matcher(line).matches() ? line.replaceFirst("^#", "") : line)
                    .toList();
            Files.write(folder.resolve(file), lines);
        }
        ServerConfig config = ConfigLoader.load(folder, Map.of());
        ServerConfig defaults = ConfigLoader.defaults(Map.of());
        assertThat(Settings.inSection("limits"))
                .isNotEmpty()
                .allSatisfy(setting -> assertThat((Object) config.get(setting)).isEqualTo(defaults.get(setting)));
    }

    private static List<Line> settings(String file) throws IOException {
        List<Line> found = new ArrayList<>();
        String section = "";
        for (String line : lines(file).toList()) {
            Matcher heading = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
            } else if (setting.matches()) {
                String value = setting.group(3) == null ? "" : setting.group(3);
                found.add(new Line(
                        file, section, setting.group(2), value, setting.group(1).isEmpty()));
            } else {
                assertThat(line).matches("|# .*|#");
            }
        }
        return found;
    }

    private static Stream<String> lines(String file) throws IOException {
        return Files.readAllLines(SAMPLES.resolve(file)).stream();
    }
}
