package io.simpleim.auth;

import io.simpleim.config.value.PartnerKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may get tokens for users: partners that present their key, or, while no key is configured, only callers
 * from the server's own machine (protected mode, as Redis has it). Thread-safe.
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
     * The name of the partner that is calling, empty if nobody is let in.
     *
     * @param presentedKey a partner's secret, or {@code name:secret}
     * @param isLocal whether the call comes from this machine, and no proxy has forwarded it
     */
    public Optional<String> admit(@Nullable String presentedKey, boolean isLocal) {
        if (keys.isEmpty()) {
            return isLocal ? Optional.of(LOCAL) : Optional.empty();
        }
        String presented = presentedKey == null ? "" : presentedKey;
        Optional<String> admitted = Optional.empty();
        // All of them, whatever the first says: the time tells nothing of which one was close.
        for (PartnerKey key : keys) {
            String prefix = key.name() + ":";
            String named = presented.startsWith(prefix) ? presented.substring(prefix.length()) : "";
            // Either form: a secret may have a colon, and begin as a name does.
            boolean isSecret = key.secret().matches(presented);
            boolean isNamed = key.secret().matches(named);
            if (isSecret || isNamed) {
                admitted = Optional.of(key.name());
            }
        }
        return admitted;
    }
}
