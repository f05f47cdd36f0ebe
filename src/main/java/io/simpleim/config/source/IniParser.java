package io.simpleim.config.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Parses the INI format of the configuration files:
 *
 * <pre>
 * # comment, ; comment
 * [section] # comment
 * key = value # comment    or key: value; a comment starts at a # or ; after white space
 * key = "value" # comment  or 'value'; \" is a quote, nothing else is escaped
 * </pre>
 *
 * <p>It is strict: an ambiguous line is reported as a problem, because misreading it could quietly
 * change a password or show it as an unknown key. A library was tried; it needed more code to guard than this parser has.
 * For one thread.
 */
final class IniParser {
    /** The entries below one section line; those above the first section line have no section name. */
    record Section(Optional<String> name, List<Entry> entries) {}

    /** @param continued whether the value ends with a lone backslash, which means "continued" in other formats */
    record Entry(String key, String value, boolean continued) {}

    /** A line that is refused; the message never quotes it. */
    private static final class BadLineException extends Exception {
        BadLineException(String expected) {
            super(expected);
        }
    }

    private final BiConsumer<Integer, String> problems;
    private final List<Section> sections = new ArrayList<>();

    private IniParser(BiConsumer<Integer, String> problems) {
        this.problems = problems;
    }

    /**
     * Parses a text; refused lines are left out.
     *
     * @param problems receives the number of each refused line, from 1, and what was expected instead
     */
    static List<Section> parse(String text, BiConsumer<Integer, String> problems) {
        return new IniParser(problems).parse(text.lines().map(String::trim).toList());
    }

    private List<Section> parse(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            try {
                parseLine(lines.get(i));
            } catch (BadLineException e) {
                problems.accept(i + 1, e.getMessage());
            }
        }
        return sections;
    }

    private void parseLine(String line) throws BadLineException {
        if (isBlankOrComment(line)) {
            return;
        }
        int bracket = line.indexOf(']');
        if (line.startsWith("[") && bracket > 0 && isBlankOrComment(line.substring(bracket + 1))) {
            String name = line.substring(1, bracket).strip();
            sections.add(new Section(Optional.of(name), new ArrayList<>()));
            return;
        }
        int separator = indexOfAny(line, "=:\"'");
        if (line.startsWith("[") || separator < 1 || isQuote(line.charAt(separator))) {
            throw new BadLineException("expected [section], key = value or a # comment, alone on the line");
        }
        String key = line.substring(0, separator).trim();
        addEntry(parseEntry(key, line.substring(separator + 1).trim()));
    }

    private void addEntry(Entry entry) {
        if (sections.isEmpty()) {
            sections.add(new Section(Optional.empty(), new ArrayList<>()));
        }
        sections.get(sections.size() - 1).entries().add(entry);
    }

    private static Entry parseEntry(String key, String value) throws BadLineException {
        if (value.isEmpty()) {
            return new Entry(key, "", false);
        }
        if (isQuote(value.charAt(0))) {
            return new Entry(key, unquote(value), false);
        }
        if (isCommentStart(value.charAt(0))) {
            throw new BadLineException("expected quotes around a value that starts like a comment,"
                    + " or the comment on a line of its own");
        }
        int quote = indexOfAny(value, "\"'");
        String beforeQuote = quote < 0 ? "" : value.substring(0, quote).strip();
        if (beforeQuote.endsWith("=") || beforeQuote.endsWith(":")) {
            throw new BadLineException("expected the whole value in quotes, since it has = or : before a quote");
        }
        String bare = withoutComment(value);
        return new Entry(key, bare, endsWithLoneBackslash(bare));
    }

    private static String unquote(String value) throws BadLineException {
        char quote = value.charAt(0);
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == quote && isBlankOrComment(value.substring(i + 1))) {
                return text.toString();
            } else if (c == quote) {
                break;
            } else if (c == '\\' && i + 1 < value.length()) {
                i++;
                char escaped = value.charAt(i);
                text.append(escaped == quote ? "" : "\\").append(escaped);
            } else {
                text.append(c);
            }
        }
        throw new BadLineException("expected quotes that close, and nothing but a comment after them");
    }

    private static String withoutComment(String value) {
        for (int i = 1; i < value.length(); i++) {
            if (isCommentStart(value.charAt(i)) && Character.isWhitespace(value.charAt(i - 1))) {
                return value.substring(0, i).trim();
            }
        }
        return value;
    }

    private static boolean endsWithLoneBackslash(String value) {
        int last = value.length() - 1;
        return value.endsWith("\\") && (last == 0 || Character.isWhitespace(value.charAt(last - 1)));
    }

    private static boolean isBlankOrComment(String text) {
        String rest = text.strip();
        return rest.isEmpty() || isCommentStart(rest.charAt(0));
    }

    private static boolean isCommentStart(char c) {
        return c == '#' || c == ';';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static int indexOfAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
