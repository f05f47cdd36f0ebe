package io.simpleim.config;

import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param file the name of the file it stands in
 * @param defaultValue as one would write it in the file; always a good value
 * @param secret whether its value must not be printed
 * @param description one line for people
 */
public record Setting<T>(
        String file,
        String section,
        String name,
        String defaultValue,
        Format<T> format,
        boolean secret,
        String description) {

    /** The environment variable that beats the file. */
    public String variable() {
        return variablePrefix(section) + name.toUpperCase(Locale.ROOT);
    }

    static String variablePrefix(String section) {
        return "IM_" + section.toUpperCase(Locale.ROOT) + "_";
    }

    /** How messages name the setting. */
    String label() {
        return "[" + section + "] " + name;
    }

    T parse(String text) throws BadValueException {
        return format.parser().parse(text);
    }

    T parsedDefault() {
        try {
            return parse(defaultValue);
        } catch (BadValueException e) {
            throw new IllegalStateException("The default of " + label() + " is no good value", e);
        }
    }
}
