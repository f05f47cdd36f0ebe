package io.simpleim.config;

import io.simpleim.config.value.BadValueException;
import io.simpleim.config.value.Format;
import java.util.Locale;

/**
 * The declaration of one setting. Immutable.
 *
 * @param file name of the file that holds the setting
 * @param defaultValue as an operator would write it in the file; always valid
 * @param secret whether the value must not be printed
 * @param description one line for operators
 */
public record Setting<T>(
        String file,
        String section,
        String name,
        String defaultValue,
        Format<T> format,
        boolean secret,
        String description) {

    /** The environment variable that overrides the file. */
    public String variable() {
        return variablePrefix(section) + name.toUpperCase(Locale.ROOT);
    }

    /** The start of all environment variables of a section. */
    public static String variablePrefix(String section) {
        return "IM_" + section.toUpperCase(Locale.ROOT) + "_";
    }

    /** The name of the setting in messages. */
    public String label() {
        return "[" + section + "] " + name;
    }

    /**
     * Parses a text as an operator would write it.
     *
     * @throws BadValueException if the text is not a valid value
     */
    public T parse(String text) throws BadValueException {
        return format.parser().parse(text);
    }

    public T parsedDefault() {
        try {
            return parse(defaultValue);
        } catch (BadValueException e) {
            throw new IllegalStateException("The default of " + label() + " is not valid", e);
        }
    }
}
