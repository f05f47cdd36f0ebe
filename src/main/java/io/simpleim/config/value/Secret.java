package io.simpleim.config.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret that a library needs in clear text. It prints as {@code [REDACTED]}, so it does not reach a log. A secret that
 * is only compared is a {@link HashedSecret}. Immutable.
 */
public final class Secret {
    static final String REDACTED = "[REDACTED]";

    private final byte[] utf8;

    private Secret(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Wraps a text.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A secret must not be empty");
        }
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the clear text, for the library that needs it. */
    public String reveal() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    public int utf8Length() {
        return utf8.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(utf8, secret.utf8);
    }

    /** The same for all secrets: a logged hash of the text would let an attacker verify guesses. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
