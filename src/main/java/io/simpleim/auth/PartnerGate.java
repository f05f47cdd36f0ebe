package io.simpleim.auth;

import io.simpleim.config.value.PartnerKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may obtain tokens for users: partners that present their key or, while no key is configured, only callers
 * from the server's own machine (protected mode, as in Redis). Thread-safe.
 */
public final class PartnerGate {
    /** The partner's name in protected mode. */
    private static final String LOCAL = "local";

    private final List<PartnerKey> keys;

    /** @param keys empty for protected mode */
    public PartnerGate(List<PartnerKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Returns the name of the calling partner, or empty if the caller is not admitted.
     *
     * @param presentedKey a partner's secret, or {@code name:secret}
     * @param isLocal whether the call comes from this machine without a proxy in between
     */
    public Optional<String> admit(@Nullable String presentedKey, boolean isLocal) {
        if (keys.isEmpty()) {
            return isLocal ? Optional.of(LOCAL) : Optional.empty();
        }
        String presented = presentedKey == null ? "" : presentedKey;
        Optional<String> admitted = Optional.empty();
        // All keys are compared, so that the time does not reveal which one matched.
        for (PartnerKey key : keys) {
            String prefix = key.name() + ":";
            String named = presented.startsWith(prefix) ? presented.substring(prefix.length()) : "";
            // Both forms are tried, since a secret may contain a colon and start like a name.
            boolean isSecret = key.secret().matches(presented);
            boolean isNamed = key.secret().matches(named);
            if (isSecret || isNamed) {
                admitted = Optional.of(key.name());
            }
        }
        return admitted;
    }
}
