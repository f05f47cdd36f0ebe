package io.simpleim.config;

import io.simpleim.config.value.PartnerKey;
import io.simpleim.config.value.PartnerKeys;
import java.util.List;

/** {@code [partner]}: which systems may obtain tokens for users. */
public final class PartnerSection {
    static final Section SECTION = new Section(Settings.SYS_FILE, "partner");

    /** Empty in protected mode. A name may occur several times, with different secrets. */
    public static final Setting<List<PartnerKey>> KEYS = SECTION.secret(
            "keys",
            PartnerKeys.FORMAT,
            "name:secret of each system that may obtain tokens; empty: only callers from this host may");

    private PartnerSection() {}

    /** Whether only callers from this machine obtain tokens, since no partner has a key. */
    public static boolean isProtectedMode(ServerConfig config) {
        return config.get(KEYS).isEmpty();
    }
}
