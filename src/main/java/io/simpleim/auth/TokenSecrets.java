package io.simpleim.auth;

import io.simpleim.config.LoginSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.value.Secret;
import java.util.Optional;

/**
 * The secrets that sign tokens. Immutable; prints no secret.
 *
 * @param current signs new tokens, at least {@link LoginSection#MIN_SECRET_BYTES} long
 * @param previous signed tokens that are still accepted, of the same minimum length
 * @param legacy signed the tokens of an earlier system, which are accepted while it is set; of any length
 */
public record TokenSecrets(Secret current, Optional<Secret> previous, Optional<Secret> legacy) {
    /** @throws IllegalArgumentException if the current or the previous secret is too short */
    public TokenSecrets {
        requireMinLength(current);
        previous.ifPresent(TokenSecrets::requireMinLength);
    }

    /**
     * Takes the secrets from a configuration.
     *
     * @throws java.util.NoSuchElementException if {@code [login] secret} is not set
     */
    public static TokenSecrets of(ServerConfig config) {
        return new TokenSecrets(
                config.get(LoginSection.SECRET).orElseThrow(),
                config.get(LoginSection.PREVIOUS_SECRET),
                config.get(LoginSection.LEGACY_SECRET));
    }

    private static void requireMinLength(Secret secret) {
        if (secret.utf8Length() < LoginSection.MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("The secret has fewer than " + LoginSection.MIN_SECRET_BYTES + " bytes");
        }
    }
}
