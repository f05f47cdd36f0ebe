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
        Optional<Path> folder, Mongo mongo, Redis redis, Login login, Partner partner, Limits limits) {

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
            return Shown.address(address);
        }

        @Override
        public String toString() {
            return "Mongo[address=" + Shown.address(address) + ", username=" + username + ", password=" + password
                    + ", database=" + database + "]";
        }
    }

    /**
     * How to reach Redis.
     *
     * @param address {@code host:port}, a {@code redis://} or {@code rediss://} URI with a port, or empty
     * @param username empty if there is none
     */
    public record Redis(String address, String username, Optional<Secret> password) {
        static Redis from(Values values) {
            return new Redis(
                    values.get(Settings.REDIS_ADDRESS),
                    values.get(Settings.REDIS_USERNAME),
                    values.get(Settings.REDIS_PASSWORD));
        }

        /** The address without what may be secret in it, for people to read. */
        public String shownAddress() {
            return Shown.address(address);
        }

        @Override
        public String toString() {
            return "Redis[address=" + Shown.address(address) + ", username=" + username + ", password=" + password
                    + "]";
        }
    }

    /**
     * How tokens are made.
     *
     * @param loginExpire how long a token is good for; zero: for ever
     * @param secret signs them
     */
    public record Login(Duration loginExpire, Optional<Secret> secret) {
        /** HS256 wants a key as long as its hash. */
        static final int MIN_SECRET_BYTES = 32;

        public Login {
            if (secret.isPresent() && secret.get().utf8Length() < MIN_SECRET_BYTES) {
                throw new IllegalArgumentException("The secret has fewer than " + MIN_SECRET_BYTES + " bytes");
            }
        }

        static Login from(Values values) {
            return new Login(Duration.ofSeconds(values.get(Settings.LOGIN_EXPIRE)), values.get(Settings.LOGIN_SECRET));
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
        public record Key(String name, Secret secret) {}

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

    /** What one message, room, user, connection and node may take. */
    public record Limits(
            int maxMessageBytes,
            int maxBodyBytes,
            int maxFrameBytes,
            int membersPerRoom,
            int messagesPerSecond,
            int messageBurst,
            int outboundQueueBytes,
            int outboundQueueSeconds,
            int offlinePerRoom,
            int idleSeconds,
            int writeQueue) {
        /** What a request or frame holds besides its message. */
        private static final int MESSAGE_WRAPPING_BYTES = 1024;

        static Limits from(Values values) {
            Limits limits = new Limits(
                    values.get(Settings.MAX_MESSAGE_BYTES),
                    values.get(Settings.MAX_BODY_BYTES),
                    values.get(Settings.MAX_FRAME_BYTES),
                    values.get(Settings.MEMBERS_PER_ROOM),
                    values.get(Settings.MESSAGES_PER_SECOND),
                    values.get(Settings.MESSAGE_BURST),
                    values.get(Settings.OUTBOUND_QUEUE_BYTES),
                    values.get(Settings.OUTBOUND_QUEUE_SECONDS),
                    values.get(Settings.OFFLINE_PER_ROOM),
                    values.get(Settings.IDLE_SECONDS),
                    values.get(Settings.WRITE_QUEUE));
            limits.checkHolds(values, Settings.MAX_BODY_BYTES, limits.maxBodyBytes);
            limits.checkHolds(values, Settings.MAX_FRAME_BYTES, limits.maxFrameBytes);
            return limits;
        }

        private void checkHolds(Values values, Setting<Integer> container, int bytes) {
            int least = maxMessageBytes + MESSAGE_WRAPPING_BYTES;
            values.check(bytes >= least, container, Settings.MAX_MESSAGE_BYTES, "at least " + least);
        }
    }

    static ServerConfig from(Optional<Path> folder, Values values) {
        return new ServerConfig(
                folder,
                Mongo.from(values),
                Redis.from(values),
                Login.from(values),
                Partner.from(values),
                Limits.from(values));
    }

    public ServerConfig withMongoAddress(String address) {
        Mongo changed = new Mongo(address, mongo.username, mongo.password, mongo.database);
        return new ServerConfig(folder, changed, redis, login, partner, limits);
    }

    public ServerConfig withRedisAddress(String address) {
        Redis changed = new Redis(address, redis.username, redis.password);
        return new ServerConfig(folder, mongo, changed, login, partner, limits);
    }

    public ServerConfig withSecret(Secret secret) {
        Login changed = new Login(login.loginExpire, Optional.of(secret));
        return new ServerConfig(folder, mongo, redis, changed, partner, limits);
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
