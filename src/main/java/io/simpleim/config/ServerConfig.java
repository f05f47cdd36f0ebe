package io.simpleim.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration as the server uses it. Each component of a section's record is the setting of that name; {@link
 * Settings} says what it means and which values it has. Immutable; printing it shows no secret.
 *
 * @param folder where it was read from, for messages
 */
public record ServerConfig(
        Optional<Path> folder, Mongo mongo, Redis redis, Login login, Partner partner, Web web, Limits limits) {

    /**
     * How to reach MongoDB.
     *
     * @param address {@code host:port[,host:port…]}, a {@code mongodb://} or {@code mongodb+srv://} string, or empty
     * @param username empty if there is none
     */
    public record Mongo(String address, String username, Optional<Secret> password, String database) {
        static Mongo from(Values values) {
            return new Mongo(
                    values.get(Settings.MONGO_ADDRESS),
                    values.get(Settings.MONGO_USERNAME),
                    values.get(Settings.MONGO_PASSWORD),
                    values.get(Settings.MONGO_DATABASE));
        }

        /** The address without what may be secret in it, for people to read. */
        public String shownAddress() {
            return Redactor.address(address);
        }

        @Override
        public String toString() {
            return "Mongo[address=" + Redactor.address(address) + ", username=" + username + ", password=" + password
                    + ", database=" + database + "]";
        }
    }

    /**
     * How to reach Redis.
     *
     * @param address {@code host:port[,host:port…]}, a {@code redis://} or {@code rediss://} URI with a port, or empty;
     *     several, and none that is a URI, for sentinels
     * @param username empty if there is none
     * @param masterName counts for sentinels, as what follows it does
     * @param sentinelUsername empty if there is none
     * @param tls see {@link #usesTls()}
     */
    public record Redis(
            String address,
            Mode mode,
            String username,
            Optional<Secret> password,
            String masterName,
            String sentinelUsername,
            Optional<Secret> sentinelPassword,
            boolean tls) {

        /** What stands behind the address. */
        public enum Mode {
            /** The one Redis. */
            STANDALONE,
            /** Sentinels, who know which Redis is the master. */
            SENTINEL,
            /** Some nodes of a cluster, who know the others. */
            CLUSTER
        }

        static Redis from(Values values) {
            Redis redis = new Redis(
                    values.get(Settings.REDIS_ADDRESS),
                    values.get(Settings.REDIS_MODE),
                    values.get(Settings.REDIS_USERNAME),
                    values.get(Settings.REDIS_PASSWORD),
                    values.get(Settings.REDIS_MASTER_NAME),
                    values.get(Settings.REDIS_SENTINEL_USERNAME),
                    values.get(Settings.REDIS_SENTINEL_PASSWORD),
                    values.get(Settings.REDIS_TLS));
            redis.check(values);
            return redis;
        }

        private void check(Values values) {
            switch (mode) {
                case STANDALONE ->
                    expect(values, !Addresses.areSeveral(address), "one address, or the mode sentinel or cluster");
                case SENTINEL ->
                    expect(values, !Addresses.isRedisString(address), "host:port[,host:port…] of the sentinels");
                case CLUSTER ->
                    expect(values, !Addresses.namesRedisDatabase(address), "no database number: a cluster has one");
            }
            String embedded = "of a Redis of your own: the embedded store is standalone and without TLS";
            boolean isEmbedded = address.isEmpty();
            values.check(
                    !isEmbedded || mode == Mode.STANDALONE,
                    Settings.REDIS_ADDRESS,
                    Settings.REDIS_MODE,
                    "the address " + embedded);
            values.check(!isEmbedded || !tls, Settings.REDIS_ADDRESS, Settings.REDIS_TLS, "the address " + embedded);
        }

        private static void expect(Values values, boolean holds, String expected) {
            values.check(holds, Settings.REDIS_ADDRESS, Settings.REDIS_MODE, expected);
        }

        Redis withAddress(String changed) {
            return new Redis(changed, mode, username, password, masterName, sentinelUsername, sentinelPassword, tls);
        }

        /** Whether to use TLS, be it by the setting or by the address. */
        public boolean usesTls() {
            return tls || Addresses.isSecureRedisString(address);
        }

        /** The addresses and the mode, unless it is the default, without what may be secret, for people to read. */
        public String shownAddress() {
            String shown = Redactor.address(address);
            return switch (mode) {
                case STANDALONE -> shown;
                case SENTINEL -> shown + " (sentinel, " + masterName + ")";
                case CLUSTER -> shown + " (cluster)";
            };
        }

        @Override
        public String toString() {
            return "Redis[address=" + Redactor.address(address) + ", mode=" + mode + ", username=" + username
                    + ", password=" + password + ", masterName=" + masterName + ", sentinelUsername="
                    + sentinelUsername + ", sentinelPassword=" + sentinelPassword + ", tls=" + tls + "]";
        }
    }

    /**
     * How tokens are made.
     *
     * @param loginExpire how long a token is good for; zero: for ever
     * @param secret signs them
     * @param previousSecret signed them before; they count still
     * @param legacySecret signed the tokens of an earlier system, which have no {@code jti}; those count too
     */
    public record Login(
            Duration loginExpire,
            Optional<Secret> secret,
            Optional<Secret> previousSecret,
            Optional<Secret> legacySecret) {
        /** HS256 wants a key as long as its hash. */
        static final int MIN_SECRET_BYTES = 32;

        public Login {
            requireLong(secret);
            requireLong(previousSecret);
        }

        private static void requireLong(Optional<Secret> secret) {
            if (secret.isPresent() && secret.get().utf8Length() < MIN_SECRET_BYTES) {
                throw new IllegalArgumentException("The secret has fewer than " + MIN_SECRET_BYTES + " bytes");
            }
        }

        static Login from(Values values) {
            Login login = new Login(
                    Duration.ofSeconds(values.get(Settings.LOGIN_EXPIRE)),
                    values.get(Settings.LOGIN_SECRET),
                    values.get(Settings.PREVIOUS_SECRET),
                    values.get(Settings.LEGACY_SECRET));
            login.check(values);
            return login;
        }

        /** The same twice is a slip while they are changed; with that of an earlier system it would let in forgeries. */
        private void check(Values values) {
            String expected = "a secret of its own in each";
            values.check(differ(previousSecret, secret), Settings.PREVIOUS_SECRET, Settings.LOGIN_SECRET, expected);
            values.check(differ(legacySecret, secret), Settings.LEGACY_SECRET, Settings.LOGIN_SECRET, expected);
            values.check(
                    differ(legacySecret, previousSecret), Settings.LEGACY_SECRET, Settings.PREVIOUS_SECRET, expected);
        }

        private static boolean differ(Optional<Secret> one, Optional<Secret> other) {
            return one.isEmpty() || !one.equals(other);
        }

        public boolean expires() {
            return !loginExpire.isZero();
        }
    }

    /**
     * Who may get tokens.
     *
     * @param keys none: protected mode; a name may be there several times, with a secret each
     */
    public record Partner(List<Key> keys) {

        /** Shows that a request comes from the partner of that name. */
        public record Key(String name, HashedSecret secret) {}

        public Partner {
            keys = List.copyOf(keys);
        }

        static Partner from(Values values) {
            return new Partner(values.get(Settings.PARTNER_KEYS));
        }

        public boolean isProtectedMode() {
            return keys.isEmpty();
        }
    }

    /**
     * What browsers get.
     *
     * @param allowedOrigins sites whose pages may use the server, {@code scheme://host[:port]} each, in lower case and
     *     without a default port; or the one {@link #ANY}
     * @param demo whether there is a chat page; empty: as the form of the server has it
     */
    public record Web(List<String> allowedOrigins, Optional<Boolean> demo) {
        /** Stands for all. */
        public static final String ANY = "*";

        public Web {
            allowedOrigins = List.copyOf(allowedOrigins);
        }

        static Web from(Values values) {
            return new Web(values.get(Settings.ALLOWED_ORIGINS), values.get(Settings.DEMO));
        }
    }

    static ServerConfig from(Optional<Path> folder, Values values) {
        return new ServerConfig(
                folder,
                Mongo.from(values),
                Redis.from(values),
                Login.from(values),
                Partner.from(values),
                Web.from(values),
                Limits.from(values));
    }

    public ServerConfig withMongoAddress(String address) {
        Mongo changed = new Mongo(address, mongo.username, mongo.password, mongo.database);
        return new ServerConfig(folder, changed, redis, login, partner, web, limits);
    }

    public ServerConfig withRedisAddress(String address) {
        return new ServerConfig(folder, mongo, redis.withAddress(address), login, partner, web, limits);
    }

    public ServerConfig withDemo(boolean demo) {
        Web changed = new Web(web.allowedOrigins, Optional.of(demo));
        return new ServerConfig(folder, mongo, redis, login, partner, changed, limits);
    }

    public ServerConfig withSecret(Secret secret) {
        Login changed = new Login(login.loginExpire, Optional.of(secret), login.previousSecret, login.legacySecret);
        return new ServerConfig(folder, mongo, redis, changed, partner, web, limits);
    }

    /**
     * Returns this once nothing is missing that has no default.
     *
     * @throws ConfigException that says where to set what is missing
     */
    public ServerConfig requireComplete() {
        List<String> problems = new ArrayList<>();
        require(!mongo.address.isEmpty(), Settings.MONGO_ADDRESS, problems);
        require(!redis.address.isEmpty(), Settings.REDIS_ADDRESS, problems);
        require(login.secret.isPresent(), Settings.LOGIN_SECRET, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return this;
    }

    private void require(boolean isSet, Setting<?> setting, List<String> problems) {
        if (!isSet) {
            String file =
                    folder.map(path -> path.resolve(setting.file()).toString()).orElse(setting.file());
            problems.add(file + ": " + setting.label() + ": not set; expected "
                    + setting.format().expected() + ": write " + setting.name() + " = … below [" + setting.section()
                    + "] there, or set the environment variable " + setting.variable());
        }
    }
}
