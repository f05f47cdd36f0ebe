package io.simpleim.config;

import io.simpleim.config.value.Addresses;
import io.simpleim.config.value.Formats;
import io.simpleim.config.value.Redactor;
import io.simpleim.config.value.Secret;
import java.util.Optional;

/** {@code [redis]}: how to reach Redis. */
public final class RedisSection {
    static final Section SECTION = new Section(Settings.DB_FILE, "redis");

    /**
     * {@code host:port[,host:port…]}, a {@code redis://} or {@code rediss://} URI with a port, or empty. Sentinels are
     * listed by host and port only.
     */
    public static final Setting<String> ADDRESS =
            SECTION.setting("address", "", Addresses.REDIS, "Redis; empty: the standalone server's embedded store");

    public static final Setting<RedisMode> MODE = SECTION.setting(
            "mode",
            "standalone",
            Formats.oneOf(RedisMode.class),
            "standalone: a single Redis; sentinel: the addresses are those of its sentinels; cluster: those of some of its nodes");

    /** Empty to log in with the password alone, or without authentication. */
    public static final Setting<String> USERNAME = SECTION.setting("username", "", Formats.text(), "Redis user");

    public static final Setting<Optional<Secret>> PASSWORD = SECTION.secret("password", "Redis password");

    /** Used only with sentinels, like the next two settings. */
    public static final Setting<String> MASTER_NAME = SECTION.setting(
            "masterName",
            "mymaster",
            Formats.name(),
            "the name under which the sentinels know the master; only for sentinel");

    /** Empty to log in to the sentinels with the password alone, or without authentication. */
    public static final Setting<String> SENTINEL_USERNAME =
            SECTION.setting("sentinelUsername", "", Formats.text(), "user of the sentinels themselves");

    public static final Setting<Optional<Secret>> SENTINEL_PASSWORD =
            SECTION.secret("sentinelPassword", "password of the sentinels themselves");

    /** See {@link #usesTls}. */
    public static final Setting<Boolean> TLS = SECTION.setting(
            "tls", "false", Formats.flag(), "true: TLS to Redis, its sentinels and all nodes; on with rediss:// too");

    private static final String EMBEDDED =
            "the address of a Redis of your own: the embedded store is standalone and without TLS";

    static {
        SECTION.rule(ADDRESS, MODE, RedisSection::wrongAddressForMode);
        SECTION.rule(ADDRESS, MODE, config -> embeddedWith(config, config.get(MODE) != RedisMode.STANDALONE));
        SECTION.rule(ADDRESS, TLS, config -> embeddedWith(config, config.get(TLS)));
    }

    private RedisSection() {}

    private static Optional<String> wrongAddressForMode(ServerConfig config) {
        String address = config.get(ADDRESS);
        return switch (config.get(MODE)) {
            case STANDALONE ->
                expectedIf(Addresses.areSeveral(address), "one address, or the mode sentinel or cluster");
            case SENTINEL -> expectedIf(Addresses.isRedisString(address), "host:port[,host:port…] of the sentinels");
            case CLUSTER -> expectedIf(Addresses.namesRedisDatabase(address), "no database number: a cluster has one");
        };
    }

    private static Optional<String> embeddedWith(ServerConfig config, boolean unsupported) {
        return expectedIf(unsupported && config.get(ADDRESS).isEmpty(), EMBEDDED);
    }

    private static Optional<String> expectedIf(boolean isBroken, String expected) {
        return isBroken ? Optional.of(expected) : Optional.empty();
    }

    /** Whether to use TLS, requested by the setting or by the address. */
    public static boolean usesTls(ServerConfig config) {
        return config.get(TLS) || Addresses.isSecureRedisString(config.get(ADDRESS));
    }

    /** The addresses without credentials, and the mode unless it is the default, for people to read. */
    public static String redactedAddress(ServerConfig config) {
        String address = Redactor.address(config.get(ADDRESS));
        return switch (config.get(MODE)) {
            case STANDALONE -> address;
            case SENTINEL -> address + " (sentinel, " + config.get(MASTER_NAME) + ")";
            case CLUSTER -> address + " (cluster)";
        };
    }
}
