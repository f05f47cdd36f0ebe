package io.simpleim.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both back ends are single files with the same page, so one browser test covers both. */
class SamePageTest {
    @ParameterizedTest
    @ValueSource(strings = {"PAGE", "SCRIPT"})
    void thePageIsTheSameInBothLanguages(String name) throws IOException {
        String java = part("PartnerBackend.java", name + " =\\s+\"\"\"\\n(.*?)\"\"\";")
                .stripIndent();
        String node = part("partner-backend.mjs", name + " = `(.*?)`;\\n")
                .replace("\\`", "`")
                .replace("\\$", "$");

        assertThat(node.strip()).isNotEmpty().isEqualTo(java.strip());
    }

    @Test
    void scriptNeedsNoJavaEscapes() throws IOException {
        assertThat(part("PartnerBackend.java", "SCRIPT =\\s+\"\"\"\\n(.*?)\"\"\";"))
                .doesNotContain("\\");
    }

    private static String part(String file, String pattern) throws IOException {
        String source = Files.readString(Path.of("src/site/examples", file));
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(source)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
