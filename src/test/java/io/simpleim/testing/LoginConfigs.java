package io.simpleim.testing;

import io.simpleim.config.Secret;
import io.simpleim.config.ServerConfig.Login;
import java.time.Duration;
import java.util.Optional;

/** Values of the section {@code [login]} of a configuration. */
public final class LoginConfigs {
    private LoginConfigs() {}

    public static Login of(String secret) {
        return new Login(Duration.ofHours(1), Optional.of(Secret.of(secret)), Optional.empty(), Optional.empty());
    }

    public static Login withPrevious(String secret, String previousSecret) {
        return new Login(
                Duration.ofHours(1),
                Optional.of(Secret.of(secret)),
                Optional.of(Secret.of(previousSecret)),
                Optional.empty());
    }

    public static Login withLegacy(String secret, String legacySecret) {
        return new Login(
                Duration.ofHours(1),
                Optional.of(Secret.of(secret)),
                Optional.empty(),
                Optional.of(Secret.of(legacySecret)));
    }
}
