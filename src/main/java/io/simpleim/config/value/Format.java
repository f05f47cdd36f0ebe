package io.simpleim.config.value;

import java.util.function.Predicate;

/**
 * What a setting accepts. Immutable.
 *
 * @param expected completes the sentence "expected …"
 * @param parser turns the text into the value
 * @param valid checks a value that does not come from a text
 */
public record Format<T>(String expected, Parser<T> parser, Predicate<T> valid) {

    /** A format whose type allows valid values only. */
    Format(String expected, Parser<T> parser) {
        this(expected, parser, value -> true);
    }

    /** Turns the text of a setting into its value. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws BadValueException if the text is not valid; its message gives the reason without the text */
        T parse(String text) throws BadValueException;
    }

    /** Whether the setting may have this value. */
    public boolean accepts(T value) {
        return valid.test(value);
    }
}
