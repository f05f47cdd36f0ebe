package io.simpleim.service;

import io.simpleim.api.Limit;
import io.simpleim.audit.AuditLog;
import io.simpleim.auth.Tokens;
import io.simpleim.cluster.Cluster;
import io.simpleim.cluster.Outbox;
import io.simpleim.config.ServerConfig;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.model.RoomType;
import io.simpleim.model.ServerId;
import io.simpleim.model.Session;
import io.simpleim.push.Connection;
import io.simpleim.push.Coverage;
import io.simpleim.push.Hub;
import io.simpleim.push.LateNews;
import io.simpleim.push.MessagePush;
import io.simpleim.push.RoomFeeds;
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
import io.simpleim.store.redis.Whereabouts;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.LoginConfigs;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The services of one node, wired as the application does it, without HTTP and without a Redis: nodes over one store
 * have to get on without it. What the application does by a timer, tests do when they want it.
 */
final class TestNode implements AutoCloseable {
    static final long LIFETIME_SECONDS = 3600;
    static final int OFFLINE_PER_ROOM = 5;
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String NO_REDIS = "127.0.0.1:1";

    final MongoStore mongo;
    final RedisStore redis = new RedisStore(RedisSettings.standalone(NO_REDIS));
    final UserDao users;
    final SessionDao sessions;
    final RoomDao roomDao;
    final UserRoomDao memberships;
    final MessageDao messageDao;
    final UserMessageDao entries;
    final ChatLogDao chatLog;

    final Hub hub = new Hub();
    final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    final Cursors cursors;
    final RoomFeeds feeds;
    final OfflinePush offline;
    final SyncService sync;
    final ReadingService reading;
    final RoomDirectory directory;
    final RoomService rooms;
    final RoomNames roomNames;
    final MemberService members;
    final MessageLog log;
    final MessageService messages;
    final StoredMessages stored;
    final HistoryService history;
    final ConversationService conversations;
    final LoginService logins;
    /** The lines of the audit log. */
    final List<String> audited = new CopyOnWriteArrayList<>();

    final RoomHeads heads;
    private final Activity activity;

    TestNode(String mongoAddress, Clock clock) {
        this(mongoAddress, clock, 10_000, 1000);
    }

    TestNode(String mongoAddress, Clock clock, int writeQueue, int membersPerRoom) {
        this(mongoAddress, clock, writeQueue, membersPerRoom, LoginConfigs.of(SECRET));
    }

    /** A node that accepts the tokens of an earlier system too. */
    static TestNode withLegacy(String mongoAddress, Clock clock, String legacySecret) {
        return new TestNode(mongoAddress, clock, 10_000, 1000, LoginConfigs.withLegacy(SECRET, legacySecret));
    }

    private TestNode(String mongoAddress, Clock clock, int writeQueue, int membersPerRoom, ServerConfig.Login login) {
        mongo = new MongoStore(mongoAddress, "", "", "im");
        AuditLog audit = new AuditLog(audited::add, clock);
        users = new UserDao(mongo);
        sessions = new SessionDao(mongo);
        roomDao = new RoomDao(mongo);
        memberships = new UserRoomDao(mongo);
        messageDao = new MessageDao(mongo);
        entries = new UserMessageDao(mongo);
        chatLog = new ChatLogDao(mongo);
        createIndexes();

        heads = new RoomHeads(roomDao, entries);
        directory = new RoomDirectory(roomDao, memberships);
        stored = new StoredMessages(entries, messageDao);
        cursors = new Cursors(chatLog, users, userId -> {});
        UserRooms userRooms = new UserRooms(chatLog, roomDao, memberships, heads, cursors);
        LateNews late =
                new LateNews(timer, timer, (roomId, after, before) -> missing(roomId, after, before), Coverage.ALONE);
        feeds = new RoomFeeds(hub, Runnable::run, late, System::nanoTime, nanos -> {});
        Cluster.Keys keys =
                new Cluster.Keys(new NodeRegistry(redis), new Whereabouts(redis), new NodeStreams(redis, 1000));
        Outbox unheard = new Cluster(hub, keys, "", Runnable::run, Runnable::run, clock, System::nanoTime).outbox();
        Dispatch dispatch = new Dispatch(feeds, unheard);
        offline = new OfflinePush(userRooms, stored, heads, directory, Runnable::run, timer, OFFLINE_PER_ROOM);
        sync = new SyncService(userRooms, stored);
        reading = new ReadingService(directory, heads, cursors, dispatch);
        RoomEvents events = new RoomEvents(directory, dispatch);
        rooms = new RoomService(
                directory,
                roomDao,
                memberships,
                chatLog,
                users,
                heads,
                events,
                new RoomService.Limits(membersPerRoom, 10_000),
                audit,
                clock);
        roomNames = new RoomNames(directory, roomDao, events);
        activity = new Activity(chatLog);
        members = new MemberService(directory, memberships, chatLog, activity, cursors);
        log = new MessageLog(messageDao, entries, heads, mongo.writeOrder(), writeQueue, (count, nanos) -> {});
        messages = new MessageService(
                directory,
                rooms,
                log,
                activity,
                feeds,
                dispatch,
                new Rate(1_000_000, 1_000_000, Limit.MESSAGES_PER_SECOND),
                clock);
        history = new HistoryService(directory, heads, stored);
        conversations = new ConversationService(roomDao, memberships, chatLog, messageDao, heads, activity, cursors);
        logins = new LoginService(
                new Tokens(login), sessions, users, sessionId -> {}, hub, LIFETIME_SECONDS, audit, clock);
    }

    /** A connection of a session to this node; gives what would have gone over the network. */
    FakeTransport connect(Session session) {
        FakeTransport transport = FakeTransport.inline();
        hub.add(new Connection(
                session, transport, new Connection.Limits(1000, Long.MAX_VALUE), 0, System::nanoTime, receipt -> {}));
        return transport;
    }

    private List<MessagePush> missing(String roomId, long after, long before) {
        return stored.range(roomId, after + 1, before - 1).stream()
                .map(message -> MessagePush.of(message, RoomType.GROUP))
                .toList();
    }

    private void createIndexes() {
        users.createIndexes();
        sessions.createIndexes();
        roomDao.createIndexes();
        memberships.createIndexes();
        messageDao.createIndexes();
        entries.createIndexes();
        chatLog.createIndexes();
    }

    /** Does by a timer what tests else do when they want it. */
    void start(ScheduledExecutorService timer) {
        heads.start(timer);
        activity.start(timer);
    }

    /** A draft under the sender's own id of the message. */
    static MessageDraft draft(String roomId, String senderId, String clientMsgId, String data) {
        return new MessageDraft(ServerId.ofSend(senderId, roomId, clientMsgId), roomId, senderId, 1, data, 1000);
    }

    Sent send(String userId, String roomId, String text) {
        return messages.toRoom(new Sender(userId, connection -> false), roomId, new Send(1, text, null));
    }

    Room room(String roomId) {
        return roomDao.find(roomId).orElseThrow();
    }

    /** Writes what has been gathered for rooms and conversation lists: closing them does that and no more. */
    void flush() {
        heads.close();
        activity.close();
        cursors.close();
    }

    @Override
    public void close() {
        log.close();
        timer.shutdownNow();
        flush();
        redis.close();
        mongo.close();
    }
}
