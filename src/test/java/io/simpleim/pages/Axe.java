package io.simpleim.pages;

import io.simpleim.testing.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Checks accessibility: the rules of WCAG 2, levels A and AA, that a program can check. */
final class Axe {
    private static final String RUN = """
            const { violations } = await axe.run(document, {
              resultTypes: ["violations"],
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            });
            return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, html, any }) =>
              `${id}: ${help}: ${target.join(" ")} ${html.slice(0, 120)} ${any.map(({ message }) => message).join(" ")}`));
            """;

    private static final String SCRIPT = script();

    private Axe() {}

    /** Violations on the current page; empty if there are none. */
    static List<String> violations(Browser browser) {
        if (Boolean.TRUE.equals(browser.script("return typeof axe === 'undefined'"))) {
            browser.script(SCRIPT);
        }
        List<?> found = (List<?>) Objects.requireNonNull(browser.async(RUN));
        return found.stream().map(Object::toString).toList();
    }

    private static String script() {
        try (InputStream file = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
