package io.simpleim.testing;

import io.simpleim.auth.TokenSecrets;
import io.simpleim.config.value.Secret;
import java.util.Optional;

/** Values of the section {@code [login]} of a configuration. */
public final class LoginConfigs {
    private LoginConfigs() {}

    public static TokenSecrets of(String secret) {
        return new TokenSecrets(Secret.of(secret), Optional.empty(), Optional.empty());
    }

    public static TokenSecrets withPrevious(String secret, String previousSecret) {
        return new TokenSecrets(Secret.of(secret), Optional.of(Secret.of(previousSecret)), Optional.empty());
    }

    public static TokenSecrets withLegacy(String secret, String legacySecret) {
        return new TokenSecrets(Secret.of(secret), Optional.empty(), Optional.of(Secret.of(legacySecret)));
    }
}
