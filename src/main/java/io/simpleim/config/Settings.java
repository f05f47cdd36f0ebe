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
    static final Setting<Optional<Secret>> PREVIOUS_SECRET = secret(
            SYS_FILE,
            "login",
            "previousSecret",
            Formats.secretOfAtLeast(ServerConfig.Login.MIN_SECRET_BYTES),
            "signed the tokens before; they count until they expire");
    static final Setting<Optional<Secret>> LEGACY_SECRET = secret(
            SYS_FILE,
            "login",
            "legacySecret",
            Formats.secret(),
            "signed the tokens of an earlier system, without jti; only while users move over");

    static final Setting<List<Partner.Key>> PARTNER_KEYS = secret(
            SYS_FILE,
            "partner",
            "keys",
            PartnerKeys.FORMAT,
            "name:secret of each system that may get tokens; empty: only callers from this host may");

    static final Setting<List<String>> ALLOWED_ORIGINS = new Setting<>(
            SYS_FILE,
            "web",
            "allowedOrigins",
            "",
            Origins.FORMAT,
            false,
            "sites whose pages may use the server besides its own; * for all");
    static final Setting<Optional<Boolean>> DEMO = new Setting<>(
            SYS_FILE,
            "web",
            "demo",
            "",
            Formats.optionalFlag(),
            false,
            "the chat page at /, to try things out; empty: only in the standalone server");

    static final Setting<Integer> MAX_MESSAGE_BYTES =
            sys("limits", "maxMessageBytes", 16384, 1, 1048576, "UTF-8 bytes of a message");
    static final Setting<Integer> MAX_BODY_BYTES =
            sys("limits", "maxBodyBytes", 131072, 1024, 16777216, "bytes of a request body");
    static final Setting<Integer> MAX_FRAME_BYTES =
            sys("limits", "maxFrameBytes", 131072, 1024, 16777216, "bytes of a WebSocket frame from a client");
    static final Setting<Integer> JSON_DEPTH =
            sys("limits", "jsonDepth", 16, 4, 100, "levels of objects and arrays in the JSON of a body or frame");
    static final Setting<Integer> JSON_MEMBERS =
            sys("limits", "jsonMembers", 10000, 16, 1000000, "members and items in the JSON of a body or frame");
    static final Setting<Integer> BODY_SECONDS =
            sys("limits", "bodySeconds", 20, 1, 600, "seconds until a request body must be there as a whole");
    static final Setting<Integer> MEMBERS_PER_ROOM =
            sys("limits", "membersPerRoom", 5000, 2, 100000, "members of a room");
    static final Setting<Integer> ROOMS_PER_USER = sys(
            "limits",
            "roomsPerUser",
            10000,
            1,
            100000,
            "rooms of type 2 that a user may be in before entering or making another");
    static final Setting<Integer> MESSAGES_PER_SECOND =
            sys("limits", "messagesPerSecond", 200, 1, 1000000, "messages a user may send per second in the long run");
    static final Setting<Integer> MESSAGE_BURST =
            sys("limits", "messageBurst", 2000, 1, 1000000, "messages a user may send at once after a pause");
    static final Setting<Integer> FRAMES_PER_SECOND = sys(
            "limits",
            "framesPerSecond",
            200,
            1,
            1000000,
            "frames other than messages, and changes of rooms, that a user may send per second in the long run");
    static final Setting<Integer> FRAME_BURST = sys(
            "limits",
            "frameBurst",
            2000,
            1,
            1000000,
            "frames other than messages, and changes of rooms, that a user may send at once after a pause");
    static final Setting<Integer> LOGINS_PER_SECOND = sys(
            "limits",
            "loginsPerSecond",
            200,
            1,
            1000000,
            "tokens that one address may ask for per second in the long run");
    static final Setting<Integer> LOGIN_BURST =
            sys("limits", "loginBurst", 2000, 1, 1000000, "tokens that one address may ask for at once after a pause");
    static final Setting<Integer> HANDSHAKES_PER_SECOND = sys(
            "limits",
            "handshakesPerSecond",
            100,
            1,
            1000000,
            "WebSocket handshakes of one address per second in the long run");
    static final Setting<Integer> HANDSHAKE_BURST = sys(
            "limits", "handshakeBurst", 2000, 1, 1000000, "WebSocket handshakes of one address at once after a pause");
    static final Setting<Integer> CONNECTIONS = sys(
            "limits",
            "connections",
            18000,
            1,
            1000000,
            "WebSockets of this node; never more than nine tenths of what the connector takes");
    static final Setting<Integer> CONNECTIONS_PER_USER =
            sys("limits", "connectionsPerUser", 32, 1, 1000000, "WebSockets of one user on this node");
    static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
            sys("limits", "connectionsPerAddress", 5000, 1, 1000000, "WebSockets of one address on this node");
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
            PREVIOUS_SECRET,
            LEGACY_SECRET,
            PARTNER_KEYS,
            ALLOWED_ORIGINS,
            DEMO,
            MAX_MESSAGE_BYTES,
            MAX_BODY_BYTES,
            MAX_FRAME_BYTES,
            JSON_DEPTH,
            JSON_MEMBERS,
            BODY_SECONDS,
            MEMBERS_PER_ROOM,
            ROOMS_PER_USER,
            MESSAGES_PER_SECOND,
            MESSAGE_BURST,
            FRAMES_PER_SECOND,
            FRAME_BURST,
            LOGINS_PER_SECOND,
            LOGIN_BURST,
            HANDSHAKES_PER_SECOND,
            HANDSHAKE_BURST,
            CONNECTIONS,
            CONNECTIONS_PER_USER,
            CONNECTIONS_PER_ADDRESS,
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
