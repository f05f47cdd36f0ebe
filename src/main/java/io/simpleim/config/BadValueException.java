package io.simpleim.config;

/** A text is no value of its setting. The message says why and never quotes the text, which may be a secret. */
public final class BadValueException extends Exception {
    BadValueException(String reason) {
        super(reason);
    }
}
