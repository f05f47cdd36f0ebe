package io.simpleim.bootstrap;

import io.simpleim.audit.AuditLog;
import io.simpleim.auth.PartnerGate;
import io.simpleim.auth.TokenSecrets;
import io.simpleim.cluster.ClusterPublisher;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.config.LimitsSection;
import io.simpleim.config.LoginSection;
import io.simpleim.config.PartnerSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.metrics.Metrics;
import io.simpleim.push.Hub;
import io.simpleim.room.RoomLimits;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All modules of this node. Each is built from those before it; they start in that order and close in reverse. */
final class Services implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Services.class);
    private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(5);

    /** Maximum time that start-up blocks on preparing the store. */
    private static final Duration MAX_PREPARATION_WAIT = Duration.ofSeconds(10);

    final Metrics metrics;
    final AuditLog audit;
    final PartnerGate partnerGate;
    final NodeThreads threads = new NodeThreads();
    final AdmissionModule admission;
    final ClusterModule cluster;
    final SessionModule session;
    final MessageModule message;
    final PushModule push;
    final RoomModule room;
    final ConversationModule conversation;
    final ChatModule chat;
    final CatchUpModule catchUp;
    final ClusterReceiverModule clusterReceiver;
    final ConnectionModule connection;
    private final ServerConfig config;

    Services(ServerConfig config, Stores stores, Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.config = config;
        audit = new AuditLog(LoggerFactory.getLogger("simpleim.audit")::info, clock);
        partnerGate = new PartnerGate(config.get(PartnerSection.KEYS));
        admission = new AdmissionModule(config, stores);
        Hub hub = new Hub();
        cluster = new ClusterModule(stores, clock);
        ClusterPublisher publisher = cluster.publisher;
        session = new SessionModule(
                TokenSecrets.of(config), config.get(LoginSection.LOGIN_EXPIRE), stores, hub, publisher, audit, clock);
        message = new MessageModule(stores, config.get(LimitsSection.WRITE_QUEUE), metrics.traffic()::committed);
        push = new PushModule(
                hub,
                PushModule.gapSource(stores, message),
                publisher.coverage(),
                publisher.outbox(),
                threads.delivery,
                threads.blocking,
                threads.timer,
                metrics.traffic()::delivered);
        RoomLimits roomLimits =
                new RoomLimits(config.get(LimitsSection.MEMBERS_PER_ROOM), config.get(LimitsSection.ROOMS_PER_USER));
        room = new RoomModule(stores, message, push.dispatcher, roomLimits, audit, clock);
        conversation = new ConversationModule(stores, message, room, push.dispatcher, publisher.outbox());
        chat = new ChatModule(
                message,
                room,
                conversation,
                push,
                admission.messageRate,
                config.get(LimitsSection.MAX_MESSAGE_BYTES),
                clock);
        catchUp = new CatchUpModule(
                stores,
                message,
                room,
                conversation,
                session,
                push,
                threads.blocking,
                threads.timer,
                threads.catchUp,
                config.get(LimitsSection.OFFLINE_PER_ROOM));
        clusterReceiver = new ClusterReceiverModule(cluster, hub, catchUp.clusterEvents, clock);
        connection = new ConnectionModule(
                hub,
                clusterReceiver.receiver.presence(),
                admission,
                session,
                conversation,
                chat,
                catchUp,
                config,
                threads.blocking,
                clock);
        bindMetrics(stores);
    }

    private void bindMetrics(Stores stores) {
        MetricBindings bindings = new MetricBindings(metrics);
        bindings.version();
        bindings.connections(push.hub, threads.blocking);
        bindings.messages(chat.messages.counters(), message.log, catchUp.offline, push.gaps);
        bindings.cluster(cluster.publisher, clusterReceiver.receiver);
        bindings.mongo(stores.mongo.poolUse());
        bindings.audit(audit);
        bindings.caches(room.directory.caches());
        bindings.cache("tokens", session.tokens.cache());
        bindings.cache("sessions", session.authenticator::cacheStats);
    }

    /**
     * Starts periodic work.
     *
     * @param prepare creates collections and indexes: see {@link Preparation}
     */
    void start(Runnable prepare) {
        new Preparation(prepare, admission.availability, threads.timer).begin(MAX_PREPARATION_WAIT);
        PeriodicRunner runner = new PeriodicRunner(threads.timer);
        session.schedule(runner);
        message.schedule(runner);
        push.schedule(runner, Duration.ofSeconds(config.get(LimitsSection.IDLE_SECONDS)));
        conversation.schedule(runner);
        runner.every(AUDIT_INTERVAL, "writing how many refusals were left out", audit::writeDueSummaries);
        cluster.start();
        clusterReceiver.start();
    }

    /**
     * Refuses new work, answers and pushes what is under way, and closes all connections. Calling it again has no effect.
     */
    void drain() {
        admission.availability.stopping();
        quietly(message::drain);
        quietly(push::drain);
        // Flushed here, because Tomcat closes the log before it closes the application.
        quietly(audit::flush);
    }

    @Override
    public void close() {
        drain();
        quietly(clusterReceiver::close);
        quietly(cluster::close);
        quietly(() -> NodeThreads.stop(threads.catchUp));
        quietly(() -> NodeThreads.stop(threads.timer));
        quietly(session.status::flush);
        quietly(message::close);
        quietly(threads.delivery::shutdownNow);
        quietly(conversation::close);
        quietly(() -> NodeThreads.stop(threads.blocking));
        quietly(metrics::close);
    }

    /** Logs a failure, so that the other modules still close. */
    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("A part of the server did not stop cleanly", e);
        }
    }
}
