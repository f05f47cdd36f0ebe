package io.simpleim.json;

import org.jspecify.annotations.Nullable;

/** A text is not a single JSON object, or exceeds a limit. */
public final class InvalidJsonException extends RuntimeException {
    /** The kind of problem. A repeated member counts as a syntax error. */
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
