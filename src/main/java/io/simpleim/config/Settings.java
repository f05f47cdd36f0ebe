package io.simpleim.config;

import io.simpleim.config.ServerConfig.Partner;
import io.simpleim.config.ServerConfig.Redis;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be configured. The loader knows no setting but through this list. */
public final class Settings {
    public static final String DB_FILE = "db_config.ini";
    public static final String SYS_FILE = "sys_config.ini";

    static final Setting<String> MONGO_ADDRESS =
            db("mongo", "address", "", Addresses.MONGO, "MongoDB; empty: the standalone server's embedded store");
    static final Setting<String> MONGO_USERNAME = db("mongo", "username", "", Formats.text(), "MongoDB user");
    static final Setting<Optional<Secret>> MONGO_PASSWORD =
            secret(DB_FILE, "mongo", "password", Formats.secret(), "MongoDB password");
    static final Setting<String> MONGO_DATABASE =
            db("mongo", "database", "simpleim", Formats.databaseName(), "MongoDB database");

    static final Setting<String> REDIS_ADDRESS =
            db("redis", "address", "", Addresses.REDIS, "Redis; empty: the standalone server's embedded store");
    static final Setting<Redis.Mode> REDIS_MODE = db(
            "redis",
            "mode",
            "standalone",
            Formats.oneOf(Redis.Mode.class),
            "standalone: one Redis; sentinel: the addresses are its sentinels'; cluster: some of its nodes'");
    static final Setting<String> REDIS_USERNAME = db("redis", "username", "", Formats.text(), "Redis user");
    static final Setting<Optional<Secret>> REDIS_PASSWORD =
            secret(DB_FILE, "redis", "password", Formats.secret(), "Redis password");

    static final Setting<String> REDIS_MASTER_NAME = db(
            "redis",
            "masterName",
            "mymaster",
            Formats.name(),
            "what the sentinels call the Redis that they watch; only for sentinel");
    static final Setting<String> REDIS_SENTINEL_USERNAME =
            db("redis", "sentinelUsername", "", Formats.text(), "user of the sentinels themselves");
    static final Setting<Optional<Secret>> REDIS_SENTINEL_PASSWORD =
            secret(DB_FILE, "redis", "sentinelPassword", Formats.secret(), "password of the sentinels themselves");
    static final Setting<Boolean> REDIS_TLS = db(
            "redis",
            "tls",
            "false",
            Formats.flag(),
            "true: TLS to Redis, its sentinels and all nodes; on with rediss:// too");

    static final Setting<Integer> LOGIN_EXPIRE =
            sys("login", "loginExpire", 604800, 0, Integer.MAX_VALUE, "seconds that a token is good for; 0: for ever");
    static final Setting<Optional<Secret>> LOGIN_SECRET = secret(
            SYS_FILE,
            "login",
            "secret",
            Formats.secretOfAtLeast(ServerConfig.Login.MIN_SECRET_BYTES),
            "signs the tokens; the same on all nodes");

    static final Setting<List<Partner.Key>> PARTNER_KEYS = secret(
            SYS_FILE,
            "partner",
            "keys",
            PartnerKeys.FORMAT,
            "name:secret of each system that may get tokens; empty: only callers from this host may");

    static final Setting<Integer> MAX_MESSAGE_BYTES =
            sys("limits", "maxMessageBytes", 16384, 1, 1048576, "UTF-8 bytes of a message");
    static final Setting<Integer> MAX_BODY_BYTES =
            sys("limits", "maxBodyBytes", 131072, 1024, 16777216, "bytes of a request body");
    static final Setting<Integer> MAX_FRAME_BYTES =
            sys("limits", "maxFrameBytes", 131072, 1024, 16777216, "bytes of a WebSocket frame from a client");
    static final Setting<Integer> MEMBERS_PER_ROOM =
            sys("limits", "membersPerRoom", 5000, 2, 100000, "members of a room");
    static final Setting<Integer> MESSAGES_PER_SECOND =
            sys("limits", "messagesPerSecond", 200, 1, 1000000, "messages a user may send per second in the long run");
    static final Setting<Integer> MESSAGE_BURST =
            sys("limits", "messageBurst", 2000, 1, 1000000, "messages a user may send at once after a pause");
    static final Setting<Integer> OUTBOUND_QUEUE_BYTES = sys(
            "limits",
            "outboundQueueBytes",
            1048576,
            65536,
            1073741824,
            "bytes that may wait for a slow connection before it is closed");
    static final Setting<Integer> OUTBOUND_QUEUE_SECONDS = sys(
            "limits",
            "outboundQueueSeconds",
            15,
            1,
            3600,
            "seconds that a push may wait for a slow connection before it is closed");
    static final Setting<Integer> OFFLINE_PER_ROOM = sys(
            "limits",
            "offlinePerRoom",
            200,
            1,
            10000,
            "missed messages of a room that are pushed to a user who connects; more are left to the history");
    static final Setting<Integer> IDLE_SECONDS = sys(
            "limits",
            "idleSeconds",
            60,
            2,
            86400,
            "seconds without a sign of life, asked for by pings, before a connection is closed");
    static final Setting<Integer> WRITE_QUEUE =
            sys("limits", "writeQueue", 10000, 1, 1000000, "messages that may wait to be stored");

    private static final List<Setting<?>> ALL = List.of(
            MONGO_ADDRESS,
            MONGO_USERNAME,
            MONGO_PASSWORD,
            MONGO_DATABASE,
            REDIS_ADDRESS,
            REDIS_MODE,
            REDIS_USERNAME,
            REDIS_PASSWORD,
            REDIS_MASTER_NAME,
            REDIS_SENTINEL_USERNAME,
            REDIS_SENTINEL_PASSWORD,
            REDIS_TLS,
            LOGIN_EXPIRE,
            LOGIN_SECRET,
            PARTNER_KEYS,
            MAX_MESSAGE_BYTES,
            MAX_BODY_BYTES,
            MAX_FRAME_BYTES,
            MEMBERS_PER_ROOM,
            MESSAGES_PER_SECOND,
            MESSAGE_BURST,
            OUTBOUND_QUEUE_BYTES,
            OUTBOUND_QUEUE_SECONDS,
            OFFLINE_PER_ROOM,
            IDLE_SECONDS,
            WRITE_QUEUE);

    private Settings() {}

    /** In the order of the sample files. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    static Stream<String> files() {
        return ALL.stream().map(Setting::file).distinct();
    }

    static Stream<String> sections() {
        return ALL.stream().map(Setting::section).distinct();
    }

    /** The settings of a section, whatever the case it is written in; none if there is no such section. */
    static List<Setting<?>> inSection(String section) {
        return ALL.stream()
                .filter(setting -> setting.section().equalsIgnoreCase(section))
                .toList();
    }

    private static <T> Setting<T> db(
            String section, String name, String defaultValue, Format<T> format, String description) {
        return new Setting<>(DB_FILE, section, name, defaultValue, format, false, description);
    }

    private static Setting<Integer> sys(
            String section, String name, int defaultValue, int min, int max, String description) {
        return new Setting<>(
                SYS_FILE,
                section,
                name,
                Integer.toString(defaultValue),
                Formats.wholeNumber(min, max),
                false,
                description);
    }

    private static <T> Setting<T> secret(
            String file, String section, String name, Format<T> format, String description) {
        return new Setting<>(file, section, name, "", format, true, description);
    }
}
