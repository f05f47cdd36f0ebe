package io.simpleim.config;

import io.simpleim.config.value.Formats;
import io.simpleim.config.value.Secret;
import java.util.Optional;

/** {@code [login]}: how tokens are signed and how long they last. */
public final class LoginSection {
    /** HS256 needs a key as long as its hash. */
    public static final int MIN_SECRET_BYTES = 32;

    static final Section SECTION = new Section(Settings.SYS_FILE, "login");

    /** In seconds; zero means that tokens never expire. */
    public static final Setting<Integer> LOGIN_EXPIRE = SECTION.wholeNumber(
            "loginExpire", 604800, 0, Integer.MAX_VALUE, "seconds that a token is valid; 0: forever");

    public static final Setting<Optional<Secret>> SECRET = SECTION.secret(
            "secret", Formats.secretOfAtLeast(MIN_SECRET_BYTES), "signs the tokens; the same on all nodes");

    /** Accepted as well while the secret is rotated. */
    public static final Setting<Optional<Secret>> PREVIOUS_SECRET = SECTION.secret(
            "previousSecret",
            Formats.secretOfAtLeast(MIN_SECRET_BYTES),
            "signed earlier tokens, which stay valid until they expire");

    /** Accepts the tokens of an earlier system, which have no {@code jti}. */
    public static final Setting<Optional<Secret>> LEGACY_SECRET = SECTION.secret(
            "legacySecret", "signed the tokens of an earlier system, which have no jti; only while users migrate");

    static {
        differ(PREVIOUS_SECRET, SECRET);
        differ(LEGACY_SECRET, SECRET);
        differ(LEGACY_SECRET, PREVIOUS_SECRET);
    }

    private LoginSection() {}

    /**
     * Two equal secrets are a mistake made while rotating them; if one of them is the legacy secret, the rules for legacy
     * tokens would let in forgeries of new ones.
     */
    private static void differ(Setting<Optional<Secret>> one, Setting<Optional<Secret>> other) {
        SECTION.rule(
                one,
                other,
                config -> config.get(one)
                        .filter(secret ->
                                config.get(other).filter(secret::equals).isPresent())
                        .map(secret -> "a secret of its own in each"));
    }
}
