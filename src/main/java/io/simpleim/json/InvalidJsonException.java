package io.simpleim.json;

import org.jspecify.annotations.Nullable;

/** A text that is not one JSON object, or more of one than may be. */
public final class InvalidJsonException extends RuntimeException {
    /** What is wrong with a text. */
    public enum Fault {
        SYNTAX,
        TOO_DEEP,
        TOO_MANY_MEMBERS
    }

    private final Fault fault;

    InvalidJsonException(Fault fault, @Nullable String message) {
        super(message);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
