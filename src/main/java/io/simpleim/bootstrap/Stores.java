package io.simpleim.bootstrap;

import io.simpleim.config.Secret;
import io.simpleim.config.ServerConfig;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserRoomDao;
import io.simpleim.store.redis.EndedSessions;
import io.simpleim.store.redis.RedisSettings;
import io.simpleim.store.redis.RedisStore;
import java.util.Optional;

/** The connections to both stores, and a DAO for each collection. */
final class Stores implements AutoCloseable {
    final MongoStore mongo;
    final UserDao users;
    final SessionDao sessions;
    final RoomDao rooms;
    final UserRoomDao userRooms;
    final MessageDao messages;
    final UserMessageDao userMessages;
    final ChatLogDao chatLog;
    final RedisStore redis;
    final EndedSessions endedSessions;

    Stores(ServerConfig config) {
        ServerConfig.Mongo mongoConfig = config.mongo();
        mongo = new MongoStore(
                mongoConfig.address(), mongoConfig.username(), reveal(mongoConfig.password()), mongoConfig.database());
        users = new UserDao(mongo);
        sessions = new SessionDao(mongo);
        rooms = new RoomDao(mongo);
        userRooms = new UserRoomDao(mongo);
        messages = new MessageDao(mongo);
        userMessages = new UserMessageDao(mongo);
        chatLog = new ChatLogDao(mongo);

        redis = new RedisStore(settings(config.redis()));
        endedSessions = new EndedSessions(redis);
    }

    /** Creates what is not there yet. */
    void createIndexes() {
        users.createIndexes();
        sessions.createIndexes();
        rooms.createIndexes();
        userRooms.createIndexes();
        messages.createIndexes();
        userMessages.createIndexes();
        chatLog.createIndexes();
    }

    private static RedisSettings settings(ServerConfig.Redis config) {
        return new RedisSettings(
                RedisSettings.Mode.valueOf(config.mode().name()),
                config.address(),
                new RedisSettings.Credentials(config.username(), reveal(config.password())),
                config.masterName(),
                new RedisSettings.Credentials(config.sentinelUsername(), reveal(config.sentinelPassword())),
                config.usesTls());
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
