package io.simpleim.bootstrap;

import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Limit;
import io.simpleim.audit.AuditLog;
import io.simpleim.auth.TokenSecrets;
import io.simpleim.auth.Tokens;
import io.simpleim.catchup.OfflinePush;
import io.simpleim.catchup.SyncService;
import io.simpleim.chat.HistoryService;
import io.simpleim.chat.MessageService;
import io.simpleim.chat.SendReceipt;
import io.simpleim.chat.SendRequest;
import io.simpleim.cluster.Cluster;
import io.simpleim.cluster.Outbox;
import io.simpleim.conversation.Activity;
import io.simpleim.conversation.ConversationService;
import io.simpleim.conversation.Cursors;
import io.simpleim.conversation.MemberService;
import io.simpleim.conversation.ReadingService;
import io.simpleim.conversation.UserRooms;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.dispatch.Sender;
import io.simpleim.event.MessagePush;
import io.simpleim.feed.Coverage;
import io.simpleim.feed.GapLoader;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.message.MessageLog;
import io.simpleim.message.RoomHeads;
import io.simpleim.message.StoredMessages;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.model.RoomType;
import io.simpleim.model.ServerId;
import io.simpleim.model.Session;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.room.RoomDirectory;
import io.simpleim.room.RoomEventPublisher;
import io.simpleim.room.RoomNameService;
import io.simpleim.room.RoomService;
import io.simpleim.session.LoginService;
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
public final class TestNode implements AutoCloseable {
    public static final long LIFETIME_SECONDS = 3600;
    static final int OFFLINE_PER_ROOM = 5;
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String NO_REDIS = "127.0.0.1:1";

    public final MongoStore mongo;
    final RedisStore redis = new RedisStore(RedisSettings.standalone(NO_REDIS));
    public final UserDao users;
    public final SessionDao sessions;
    public final RoomDao roomDao;
    public final UserRoomDao memberships;
    public final MessageDao messageDao;
    public final UserMessageDao entries;
    public final ChatLogDao chatLog;

    public final Hub hub = new Hub();
    final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    final Cursors cursors;
    public final RoomFeeds feeds;
    final OfflinePush offline;
    final SyncService sync;
    public final ReadingService reading;
    public final RoomDirectory directory;
    public final RoomService rooms;
    public final RoomNameService roomNames;
    public final MemberService members;
    public final MessageLog log;
    public final MessageService messages;
    public final StoredMessages stored;
    public final HistoryService history;
    public final ConversationService conversations;
    public final LoginService logins;
    /** The lines of the audit log. */
    final List<String> audited = new CopyOnWriteArrayList<>();

    public final RoomHeads heads;
    private final Activity activity;

    public TestNode(String mongoAddress, Clock clock) {
        this(mongoAddress, clock, 10_000, 1000);
    }

    public TestNode(String mongoAddress, Clock clock, int writeQueue, int membersPerRoom) {
        this(mongoAddress, clock, writeQueue, membersPerRoom, LoginConfigs.of(SECRET));
    }

    /** A node that accepts the tokens of an earlier system too. */
    public static TestNode withLegacy(String mongoAddress, Clock clock, String legacySecret) {
        return new TestNode(mongoAddress, clock, 10_000, 1000, LoginConfigs.withLegacy(SECRET, legacySecret));
    }

    private TestNode(String mongoAddress, Clock clock, int writeQueue, int membersPerRoom, TokenSecrets secrets) {
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
        GapLoader late =
                new GapLoader(timer, timer, (roomId, after, before) -> missing(roomId, after, before), Coverage.ALONE);
        feeds = new RoomFeeds(hub, Runnable::run, late, System::nanoTime, nanos -> {});
        Cluster.Keys keys =
                new Cluster.Keys(new NodeRegistry(redis), new UserLocations(redis), new NodeStreams(redis, 1000));
        Outbox unheard = new Cluster(hub, keys, "", Runnable::run, Runnable::run, clock, System::nanoTime).outbox();
        Dispatcher dispatch = new Dispatcher(feeds, unheard);
        offline = new OfflinePush(userRooms, stored, heads, directory, Runnable::run, timer, OFFLINE_PER_ROOM);
        sync = new SyncService(userRooms, stored);
        reading = new ReadingService(directory, heads, cursors, dispatch);
        RoomEventPublisher events = new RoomEventPublisher(directory, dispatch);
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
        roomNames = new RoomNameService(directory, roomDao, events);
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
                new RateLimiter(1_000_000, 1_000_000, Limit.MESSAGES_PER_SECOND),
                clock);
        history = new HistoryService(directory, heads, stored);
        conversations = new ConversationService(roomDao, memberships, chatLog, messageDao, heads, activity, cursors);
        logins = new LoginService(
                new Tokens(secrets), sessions, users, sessionId -> {}, hub, LIFETIME_SECONDS, audit, clock);
    }

    /** A connection of a session to this node; gives what would have gone over the network. */
    public FakeTransport connect(Session session) {
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
    public void start(ScheduledExecutorService timer) {
        heads.start(timer);
        activity.start(timer);
    }

    /** A draft under the sender's own id of the message. */
    public static MessageDraft draft(String roomId, String senderId, String clientMsgId, String data) {
        return new MessageDraft(ServerId.ofSend(senderId, roomId, clientMsgId), roomId, senderId, 1, data, 1000);
    }

    public SendReceipt send(String userId, String roomId, String text) {
        return messages.toRoom(new Sender(userId, connection -> false), roomId, new SendRequest(1, text, null));
    }

    public Room room(String roomId) {
        return roomDao.find(roomId).orElseThrow();
    }

    /** Writes what has been gathered for rooms and conversation lists: closing them does that and no more. */
    public void flush() {
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
