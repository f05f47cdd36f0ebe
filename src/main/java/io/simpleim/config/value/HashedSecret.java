package io.simpleim.config.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A secret that is only compared, so only its SHA-256 is kept. It prints as {@code [REDACTED]}. Immutable.
 *
 * <p>It needs no salt and no slow hash, which protect passwords that people choose: these secrets are random and have at
 * least 32 characters, so they cannot be guessed. Hashes of equal length are compared in constant time, which reveals
 * neither the position of a difference nor the length of the secret.
 */
public final class HashedSecret {
    private final byte[] sha256;

    private HashedSecret(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** Hashes a text, which is not kept. */
    public static HashedSecret of(String text) {
        return new HashedSecret(sha256(text));
    }

    /** Whether the candidate is the secret. */
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

    /** The same for all secrets, so that no hash reaches a log. */
    @Override
    public int hashCode() {
        return HashedSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return Secret.REDACTED;
    }
}
