package io.simpleim.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that a library needs and that must not reach a log: it prints as {@code [REDACTED]}. One that is only compared
 * is a {@link HashedSecret}. Immutable.
 */
public final class Secret {
    static final String REDACTED = "[REDACTED]";

    private final byte[] utf8;

    private Secret(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Wraps a text; an empty one is no secret. */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A secret is not empty");
        }
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text itself, for the library that needs it. */
    public String reveal() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    int utf8Length() {
        return utf8.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(utf8, secret.utf8);
    }

    /** The same for all: a hash of the text that got into a log would let guesses be checked against it. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
