package io.simpleim.json;

import org.jspecify.annotations.Nullable;

/** A text that is not one JSON object. */
public final class InvalidJsonException extends RuntimeException {
    InvalidJsonException(@Nullable String message) {
        super(message);
    }
}
