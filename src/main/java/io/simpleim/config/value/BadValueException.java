package io.simpleim.config.value;

/** A text is not a valid value. The message gives the reason and never quotes the text, which may be a secret. */
public final class BadValueException extends Exception {
    BadValueException(String reason) {
        super(reason);
    }
}
