package io.simpleim.bootstrap;

import io.simpleim.config.MongoSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.value.Secret;
import io.simpleim.metrics.Metrics;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserRoomDao;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.RedisSettings;
import io.simpleim.store.redis.RedisStore;
import io.simpleim.store.redis.UserLocations;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connections to both stores, and a DAO for each collection. */
final class Stores implements AutoCloseable {
    /** Approximate maximum length of a node's stream. A node that falls further behind reads from MongoDB what it missed. */
    private static final int MAX_STREAM_ENTRIES = 10_000;

    final MongoStore mongo;
    final UserDao users;
    final SessionDao sessions;
    final RoomDao rooms;
    final UserRoomDao userRooms;
    final MessageDao messages;
    final UserMessageDao userMessages;
    final ChatLogDao chatLog;
    final RedisStore redis;
    final NodeRegistry nodes;
    final UserLocations userLocations;
    final NodeStreams nodeStreams;

    Stores(MongoStore mongo, RedisStore redis) {
        this.mongo = mongo;
        this.redis = redis;
        users = new UserDao(mongo);
        sessions = new SessionDao(mongo);
        rooms = new RoomDao(mongo);
        userRooms = new UserRoomDao(mongo);
        messages = new MessageDao(mongo);
        userMessages = new UserMessageDao(mongo);
        chatLog = new ChatLogDao(mongo);
        nodes = new NodeRegistry(redis);
        userLocations = new UserLocations(redis);
        nodeStreams = new NodeStreams(redis, MAX_STREAM_ENTRIES);
    }

    /** @param metrics counts the calls to both stores */
    static Stores open(ServerConfig config, Metrics metrics) {
        MongoStore mongo = new MongoStore(
                config.get(MongoSection.ADDRESS),
                config.get(MongoSection.USERNAME),
                reveal(config.get(MongoSection.PASSWORD)),
                config.get(MongoSection.DATABASE),
                (collection, operation, failure, nanos) -> metrics.mongo()
                        .called(List.of(collection, operation, outcome(failure)), isReachable(failure), nanos));
        RedisStore redis = new RedisStore(
                settings(config),
                (target, operation, failure, nanos) ->
                        metrics.redis().called(List.of(operation, outcome(failure)), isReachable(failure), nanos));
        return new Stores(mongo, redis);
    }

    private static String outcome(@Nullable RuntimeException failure) {
        if (failure == null) {
            return "ok";
        }
        return isReachable(failure) ? "failed" : "unavailable";
    }

    private static boolean isReachable(@Nullable RuntimeException failure) {
        return !(failure instanceof StoreUnavailableException);
    }

    /** Creates missing collections and indexes. Blocks for up to an hour per index; may be repeated after a failure. */
    void createIndexes() {
        users.createIndexes();
        sessions.createIndexes();
        rooms.createIndexes();
        userRooms.createIndexes();
        messages.createIndexes();
        userMessages.createIndexes();
        chatLog.createIndexes();
    }

    static RedisSettings settings(ServerConfig config) {
        return new RedisSettings(
                RedisSettings.Mode.valueOf(config.get(RedisSection.MODE).name()),
                config.get(RedisSection.ADDRESS),
                new RedisSettings.Credentials(
                        config.get(RedisSection.USERNAME), reveal(config.get(RedisSection.PASSWORD))),
                config.get(RedisSection.MASTER_NAME),
                new RedisSettings.Credentials(
                        config.get(RedisSection.SENTINEL_USERNAME), reveal(config.get(RedisSection.SENTINEL_PASSWORD))),
                RedisSection.usesTls(config));
    }

    private static String reveal(Optional<Secret> secret) {
        return secret.map(Secret::reveal).orElse("");
    }

    @Override
    public void close() {
        redis.close();
        mongo.close();
    }
}
