package io.simpleim.bootstrap;

import io.simpleim.admission.Availability;
import io.simpleim.admission.ConnectionLimiter;
import io.simpleim.admission.HealthService;
import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Limit;
import io.simpleim.audit.AuditLog;
import io.simpleim.auth.PartnerGate;
import io.simpleim.auth.TokenSecrets;
import io.simpleim.auth.Tokens;
import io.simpleim.catchup.ClusterCatchUp;
import io.simpleim.catchup.ClusterEventHandler;
import io.simpleim.chat.HistoryService;
import io.simpleim.chat.MessageService;
import io.simpleim.cluster.ClusterMessage;
import io.simpleim.concurrent.LoggedTask;
import io.simpleim.concurrent.NamedThreads;
import io.simpleim.config.LimitsSection;
import io.simpleim.config.LoginSection;
import io.simpleim.config.PartnerSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.conversation.Activity;
import io.simpleim.conversation.ConversationService;
import io.simpleim.conversation.MemberService;
import io.simpleim.message.MessageLog;
import io.simpleim.message.RoomHeads;
import io.simpleim.message.StoredMessages;
import io.simpleim.metrics.Metrics;
import io.simpleim.push.Hub;
import io.simpleim.room.RoomDirectory;
import io.simpleim.room.RoomNameService;
import io.simpleim.room.RoomService;
import io.simpleim.session.LoginService;
import io.simpleim.session.LoginStatus;
import io.simpleim.session.SessionService;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules, and the threads that they need. Closed in reverse order of what they stand on. */
final class Services implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Services.class);
    private static final int EXPIRY_SECONDS = 1;

    /** How long a connection may outlive its session when the news of the end was lost. */
    private static final int LOOK_UP_SECONDS = 10;

    private static final int LEGACY_SECONDS = 3600;
    private static final int AUDIT_SECONDS = 5;
    private static final int TIMER_THREADS = 4;
    /** How long whoever starts the server waits for the store to be ready, and to hear of defects. */
    private static final Duration PREPARATION = Duration.ofSeconds(10);

    private static final int STOP_SECONDS = 5;

    final Availability availability = new Availability();
    final RateLimiter frameRate;
    final RateLimiter loginRate;
    final RateLimiter handshakeRate;
    final ConnectionLimiter admission;
    final Hub hub = new Hub();
    final Metrics metrics;
    final AuditLog audit;
    final PartnerGate partnerGate;
    final LoginService logins;
    final SessionService sessions;
    final RoomService rooms;
    final RoomNameService roomNames;
    final MemberService members;
    final MessageService messages;
    final ConversationService conversations;
    final HistoryService history;
    final HealthService health;

    final BlockingThreads blocking = new BlockingThreads();

    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(TIMER_THREADS, new NamedThreads("im-timer"));
    private final ScheduledExecutorService lookingBack =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("im-look-back"));
    private final MessageLog messageLog;
    private final RoomHeads heads;
    private final Activity activity;
    final Pushing pushing;
    final Nodes nodes;
    private final LoginStatus status;
    private final ClusterEventHandler heard;
    private final boolean acceptsLegacy;

    Services(ServerConfig config, Stores stores, Metrics metrics, Clock clock) {
        this.metrics = metrics;
        audit = new AuditLog(LoggerFactory.getLogger("simpleim.audit")::info, clock);
        Tokens tokens = new Tokens(TokenSecrets.of(config));
        acceptsLegacy = config.get(LoginSection.LEGACY_SECRET).isPresent();
        frameRate = new RateLimiter(
                config.get(LimitsSection.FRAMES_PER_SECOND),
                config.get(LimitsSection.FRAME_BURST),
                Limit.FRAMES_PER_SECOND);
        loginRate = new RateLimiter(
                config.get(LimitsSection.LOGINS_PER_SECOND),
                config.get(LimitsSection.LOGIN_BURST),
                Limit.LOGINS_PER_SECOND);
        handshakeRate = new RateLimiter(
                config.get(LimitsSection.HANDSHAKES_PER_SECOND),
                config.get(LimitsSection.HANDSHAKE_BURST),
                Limit.HANDSHAKES_PER_SECOND);
        admission = new ConnectionLimiter(
                ConnectorSize.leaveRoom(config.get(LimitsSection.CONNECTIONS)),
                config.get(LimitsSection.CONNECTIONS_PER_USER),
                config.get(LimitsSection.CONNECTIONS_PER_ADDRESS));
        nodes = new Nodes(hub, stores, clock);
        partnerGate = new PartnerGate(config.get(PartnerSection.KEYS));
        logins = new LoginService(
                tokens,
                stores.sessions,
                stores.users,
                this::tellEnded,
                hub,
                config.get(LoginSection.LOGIN_EXPIRE),
                audit,
                clock);
        sessions = new SessionService(logins, stores.sessions, stores.users, clock);
        health = new HealthService(availability, stores.mongo, stores.redis);

        heads = new RoomHeads(stores.rooms, stores.userMessages);
        RoomDirectory directory = new RoomDirectory(stores.rooms, stores.userRooms);
        StoredMessages stored = new StoredMessages(stores.userMessages, stores.messages);
        pushing = new Pushing(
                hub,
                stores,
                directory,
                heads,
                stored,
                nodes.cluster(),
                config,
                timer,
                blocking,
                metrics.traffic()::delivered);
        rooms = new RoomService(
                directory,
                stores.rooms,
                stores.userRooms,
                stores.chatLog,
                stores.users,
                heads,
                pushing.roomEvents,
                new RoomService.Limits(
                        config.get(LimitsSection.MEMBERS_PER_ROOM), config.get(LimitsSection.ROOMS_PER_USER)),
                audit,
                clock);
        roomNames = new RoomNameService(directory, stores.rooms, pushing.roomEvents);
        activity = new Activity(stores.chatLog);
        members = new MemberService(directory, stores.userRooms, stores.chatLog, activity, pushing.cursors);
        messageLog = new MessageLog(
                stores.messages,
                stores.userMessages,
                heads,
                stores.mongo.writeOrder(),
                config.get(LimitsSection.WRITE_QUEUE),
                metrics.traffic()::committed);
        RateLimiter rate = new RateLimiter(
                config.get(LimitsSection.MESSAGES_PER_SECOND),
                config.get(LimitsSection.MESSAGE_BURST),
                Limit.MESSAGES_PER_SECOND);
        messages = new MessageService(
                directory, rooms, messageLog, activity, pushing.feeds, pushing.dispatch, rate, clock);
        status = new LoginStatus(
                stores.users, stores.whereabouts, nodes.cluster().membership(), clock);
        ClusterCatchUp lookBack = new ClusterCatchUp(
                hub,
                stores.chatLog,
                stores.rooms,
                heads,
                directory,
                pushing.feeds,
                logins,
                lookingBack,
                System::nanoTime);
        heard = new ClusterEventHandler(
                directory, pushing.feeds, pushing.dispatch, pushing.cursors, logins, status, lookBack);
        history = new HistoryService(directory, heads, stored);
        conversations = new ConversationService(
                stores.rooms, stores.userRooms, stores.chatLog, stores.messages, heads, activity, pushing.cursors);
        MetricBindings shown = new MetricBindings(metrics);
        shown.version();
        shown.connections(hub, blocking);
        shown.messages(messages.sends(), messageLog, pushing);
        shown.cluster(nodes.cluster());
        shown.mongo(stores.mongo.poolUse());
        shown.audit(audit);
        shown.caches(directory.caches());
        shown.cache("tokens", tokens.cache());
        shown.cache("sessions", logins::sessionStats);
    }

    private void tellEnded(String sessionId) {
        nodes.cluster().outbox().tell(new ClusterMessage.SessionEnded(sessionId));
    }

    /**
     * Starts what runs by itself.
     *
     * @param prepare brings the store in shape: see {@link Preparation}
     */
    void start(Runnable prepare) {
        new Preparation(prepare, availability, timer).begin(PREPARATION);
        heads.start(timer);
        activity.start(timer);
        pushing.start(timer);
        status.start(timer);
        nodes.start(heard);
        repeat("closing expired connections", logins::dropExpired, EXPIRY_SECONDS);
        repeat("ending expired sessions", logins::endExpired, EXPIRY_SECONDS);
        repeat("writing how many refusals were left out", audit::pass, AUDIT_SECONDS);
        repeat("looking for sessions that ended unheard", logins::dropEnded, LOOK_UP_SECONDS);
        repeat("forgetting ended sessions of an earlier system", logins::forgetLegacyEnds, LEGACY_SECONDS);
        if (acceptsLegacy) {
            warnOfLegacy();
            repeat("warning", Services::warnOfLegacy, LEGACY_SECONDS);
        }
    }

    private static void warnOfLegacy() {
        log.warn("Tokens of an earlier system are accepted: take [login] legacySecret out once users have new ones");
    }

    private void repeat(String what, Runnable task, int seconds) {
        Future<?> unused = timer.scheduleWithFixedDelay(new LoggedTask(what, task), seconds, seconds, TimeUnit.SECONDS);
    }

    /**
     * Takes nothing more, answers what is under way, stores and pushes what waits, and sends everybody elsewhere. A second
     * time without effect.
     */
    void drain() {
        availability.stopping();
        quietly(messageLog::close);
        quietly(pushing::drain);
        // Not later: in a Tomcat the log is closed before the application is.
        quietly(audit::flush);
    }

    @Override
    public void close() {
        drain();
        quietly(nodes::close);
        quietly(() -> stop(lookingBack));
        quietly(() -> stop(timer));
        quietly(status::flush);
        quietly(heads::close);
        quietly(activity::close);
        quietly(pushing::close);
        quietly(() -> stop(blocking));
        quietly(metrics::close);
    }

    /** What fails to stop keeps nothing else from stopping. */
    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("A part did not stop in order", e);
        }
    }

    static void stop(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
