package io.simpleim.bootstrap;

import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Limit;
import io.simpleim.audit.AuditLog;
import io.simpleim.auth.TokenSecrets;
import io.simpleim.chat.HistoryService;
import io.simpleim.chat.MessageService;
import io.simpleim.chat.SendReceipt;
import io.simpleim.cluster.ClusterPublisher;
import io.simpleim.cluster.ClusterReceiver;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.connection.ConnectionService;
import io.simpleim.conversation.ConversationService;
import io.simpleim.conversation.MemberService;
import io.simpleim.conversation.ReadingService;
import io.simpleim.dispatch.Sender;
import io.simpleim.feed.Coverage;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.message.MessageLog;
import io.simpleim.message.RoomHeads;
import io.simpleim.message.SendListener;
import io.simpleim.message.StoredMessages;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.model.SendRequest;
import io.simpleim.model.ServerId;
import io.simpleim.model.Session;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.room.RoomDirectory;
import io.simpleim.room.RoomLimits;
import io.simpleim.room.RoomNameService;
import io.simpleim.room.RoomService;
import io.simpleim.session.Authenticator;
import io.simpleim.session.LoginService;
import io.simpleim.session.SessionService;
import io.simpleim.session.SessionSweeper;
import io.simpleim.session.SessionTerminator;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.SessionDao;
import io.simpleim.store.mongo.UserDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserRoomDao;
import io.simpleim.store.redis.RedisSettings;
import io.simpleim.store.redis.RedisStore;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.LoginConfigs;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The modules of one node, wired as the server wires them, without HTTP and with a Redis that is out of reach: nodes over
 * one store must get on without it. Pushes are written by the calling thread, and periodic work runs when a test asks.
 */
public final class TestNode implements AutoCloseable {
    public static final long LIFETIME_SECONDS = 3600;
    private static final int OFFLINE_PER_ROOM = 5;
    private static final int ROOMS_PER_USER = 10_000;
    private static final int NO_RATE_LIMIT = 1_000_000;
    private static final int MAX_MESSAGE_BYTES = 16_384;
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String NO_REDIS = "127.0.0.1:1";

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final Stores stores;
    private final MessageModule messageModule;
    private final ConversationModule conversationModule;

    public final MongoStore mongo;
    public final UserDao users;
    public final SessionDao sessions;
    public final RoomDao roomDao;
    public final UserRoomDao memberships;
    public final MessageDao messageDao;
    public final UserMessageDao entries;
    public final ChatLogDao chatLog;

    public final Hub hub = new Hub();
    public final RoomFeeds feeds;
    public final ReadingService reading;
    public final RoomDirectory directory;
    public final RoomService rooms;
    public final RoomNameService roomNames;
    public final MemberService members;
    public final MessageLog log;
    public final MessageService messages;
    public final StoredMessages stored;
    public final RoomHeads heads;
    public final HistoryService history;
    public final ConversationService conversations;
    public final LoginService logins;
    public final Authenticator authenticator;
    public final SessionTerminator terminator;
    public final SessionSweeper sweeper;
    public final SessionService userSessions;
    /** With the default limits. */
    public final ConnectionService connections;
    /** The lines of the audit log. */
    public final List<String> audited = new CopyOnWriteArrayList<>();

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
        stores = new Stores(mongo, new RedisStore(RedisSettings.standalone(NO_REDIS)));
        stores.createIndexes();
        users = stores.users;
        sessions = stores.sessions;
        roomDao = stores.rooms;
        memberships = stores.userRooms;
        messageDao = stores.messages;
        entries = stores.userMessages;
        chatLog = stores.chatLog;

        AuditLog audit = new AuditLog(audited::add, clock);
        ClusterModule clusterModule = new ClusterModule(stores, clock);
        ClusterPublisher cluster = clusterModule.publisher;
        SessionModule session = new SessionModule(secrets, LIFETIME_SECONDS, stores, hub, cluster, audit, clock);
        messageModule = new MessageModule(stores, writeQueue, (count, nanos) -> {});
        PushModule push = new PushModule(
                hub,
                PushModule.gapSource(stores, messageModule),
                Coverage.ALONE,
                cluster.outbox(),
                Runnable::run,
                timer,
                timer,
                nanos -> {});
        RoomLimits limits = new RoomLimits(membersPerRoom, ROOMS_PER_USER);
        RoomModule room = new RoomModule(stores, messageModule, push.dispatcher, limits, audit, clock);
        conversationModule = new ConversationModule(stores, messageModule, room, push.dispatcher, cluster.outbox());
        RateLimiter rate = new RateLimiter(NO_RATE_LIMIT, NO_RATE_LIMIT, Limit.MESSAGES_PER_SECOND);
        ChatModule chat = new ChatModule(messageModule, room, conversationModule, push, rate, MAX_MESSAGE_BYTES, clock);

        feeds = push.feeds;
        reading = conversationModule.reading;
        directory = room.directory;
        rooms = room.rooms;
        roomNames = room.names;
        members = conversationModule.members;
        log = messageModule.log;
        messages = chat.messages;
        stored = messageModule.stored;
        heads = messageModule.heads;
        history = chat.history;
        conversations = conversationModule.conversations;
        logins = session.logins;
        authenticator = session.authenticator;
        terminator = session.terminator;
        sweeper = session.sweeper;
        userSessions = session.sessions;
        connections = connections(push, room, session, chat, clusterModule, clock);
    }

    private ConnectionService connections(
            PushModule push,
            RoomModule room,
            SessionModule session,
            ChatModule chat,
            ClusterModule cluster,
            Clock clock) {
        ServerConfig defaults = ConfigLoader.defaults(Map.of());
        CatchUpModule catchUp = new CatchUpModule(
                stores, messageModule, room, conversationModule, session, push, timer, timer, timer, OFFLINE_PER_ROOM);
        AdmissionModule admission = new AdmissionModule(defaults, stores);
        ClusterReceiver receiver = new ClusterReceiver(
                cluster.publisher,
                cluster.keys,
                hub,
                "",
                catchUp.clusterEvents,
                catchUp.clusterEvents,
                new ClusterReceiver.Workers(Runnable::run, Runnable::run),
                clock);
        return new ConnectionModule(
                        hub,
                        receiver.presence(),
                        admission,
                        session,
                        conversationModule,
                        chat,
                        catchUp,
                        defaults,
                        Runnable::run,
                        clock)
                .connections;
    }

    /** A connection of a session to this node; gives what would have gone over the network. */
    public FakeTransport connect(Session session) {
        FakeTransport transport = FakeTransport.inline();
        hub.add(new Connection(
                session, transport, new Connection.Limits(1000, Long.MAX_VALUE), 0, System::nanoTime, receipt -> {}));
        return transport;
    }

    /** Runs the periodic writes of room heads, lists and cursors on an executor. */
    public void start(ScheduledExecutorService executor) {
        PeriodicRunner runner = new PeriodicRunner(executor);
        messageModule.schedule(runner);
        conversationModule.schedule(runner);
    }

    /** A draft under the sender's own id of the message. */
    public static MessageDraft draft(String roomId, String senderId, String clientMsgId, String data) {
        return new MessageDraft(ServerId.ofSend(senderId, roomId, clientMsgId), roomId, senderId, 1, data, 1000);
    }

    /** Appends a message for which nothing follows once it is stored. */
    public CompletableFuture<Message> append(MessageDraft draft) {
        return log.append(draft, 0, new SendListener() {});
    }

    public SendReceipt send(String userId, String roomId, String text) {
        return messages.toRoom(new Sender(userId, connection -> false), roomId, new SendRequest(1, text, null));
    }

    public Room room(String roomId) {
        return roomDao.find(roomId).orElseThrow();
    }

    /** Writes what is pending for rooms and conversation lists. */
    public void flush() {
        heads.close();
        conversationModule.close();
    }

    @Override
    public void close() {
        log.close();
        timer.shutdownNow();
        flush();
        stores.close();
    }
}
