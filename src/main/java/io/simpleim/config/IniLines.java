package io.simpleim.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds back the lines of an INI file that the library would read as something else than was written: it takes a line
 * without a separator for a key, cuts off what follows a closing quote, ends an open quote with the line, forgets what
 * follows a section on its line, takes a comment for the value where there is none, and the last separator before a
 * quote for the one that ends the key. Each of these could quietly damage a password, or print it as an unknown key.
 * Everything else is left to the library.
 */
final class IniLines {
    private static final String COMMENT = "\\s*(?:[#;].*)?";
    private static final Pattern NOTHING = Pattern.compile(COMMENT, Pattern.DOTALL);
    private static final Pattern SECTION = Pattern.compile("\\s*\\[[^\\]]*]" + COMMENT, Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("\\s*[^\\s=:\"'\\[][^=:\"']*[=:]");
    /** Possessive, since a group that may give back costs stack for each character of a long value. */
    private static final Pattern QUOTED =
            Pattern.compile("(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+')" + COMMENT, Pattern.DOTALL);

    private static final Pattern SEPARATOR_BEFORE_QUOTE = Pattern.compile("[^\"']*[=:]\\s*[\"'].*", Pattern.DOTALL);

    private IniLines() {}

    /** The text without the lines held back; each of those becomes a problem, by number and without its content. */
    static String check(Path file, String text, List<String> problems) {
        StringBuilder sound = new StringBuilder();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String problem = problem(line);
            if (problem.isEmpty()) {
                sound.append(line);
            } else {
                problems.add(file + ": line " + number + " (not shown): " + problem);
            }
            sound.append('\n');
        }
        return sound.toString();
    }

    private static String problem(String line) {
        if (NOTHING.matcher(line).matches() || SECTION.matcher(line).matches()) {
            return "";
        }
        Matcher key = KEY.matcher(line);
        if (!key.lookingAt()) {
            return "expected [section], key = value or a # comment, alone on the line";
        }
        return problemOfValue(line.substring(key.end()).strip());
    }

    private static String problemOfValue(String value) {
        if (value.startsWith("#") || value.startsWith(";")) {
            return "expected quotes around a value that starts like a comment, or the comment on a line of its own";
        }
        if (value.startsWith("\"") || value.startsWith("'")) {
            return QUOTED.matcher(value).matches()
                    ? ""
                    : "expected quotes that close, and nothing but a comment after them";
        }
        return SEPARATOR_BEFORE_QUOTE.matcher(value).matches()
                ? "expected the whole value in quotes, since it has = or : before a quote"
                : "";
    }
}
