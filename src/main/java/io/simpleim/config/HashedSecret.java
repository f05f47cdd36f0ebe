package io.simpleim.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A secret of which nothing is kept but its SHA-256: for one that is only ever compared. It prints as {@code [REDACTED]}.
 * Immutable.
 *
 * <p>No salt and no slow hash: those are for passwords that people think of. What is kept here is random and has at least
 * 32 characters, so nobody finds it by trying, however fast. What is compared are hashes, all of one length, so the time
 * it takes says nothing of where a candidate differs, nor of how long the secret is.
 */
public final class HashedSecret {
    private final byte[] sha256;

    private HashedSecret(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** The hash of a text, which is not kept. */
    public static HashedSecret of(String text) {
        return new HashedSecret(sha256(text));
    }

    /** Whether someone has presented the text. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(sha256, sha256(candidate));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashedSecret secret && MessageDigest.isEqual(sha256, secret.sha256);
    }

    /** The same for all, so that none gets into a log. */
    @Override
    public int hashCode() {
        return HashedSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return Secret.REDACTED;
    }
}
