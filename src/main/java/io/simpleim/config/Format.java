package io.simpleim.config;

/**
 * What a setting accepts.
 *
 * @param expected completes the sentence "expected …"
 * @param parser turns the text into the value
 */
public record Format<T>(String expected, Parser<T> parser) {

    /** Turns the text of a setting into its value. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text) throws BadValueException;
    }
}
