package io.simpleim.bootstrap;

import io.simpleim.audit.FailureReporter;
import io.simpleim.cluster.Presence;
import io.simpleim.config.LimitsSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.connection.ConnectionService;
import io.simpleim.json.JsonLimits;
import io.simpleim.metrics.Metrics;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.ws.WsContext;
import io.simpleim.ws.operation.OperationCatalogue;
import io.simpleim.ws.operation.OperationExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The life of client connections, and the operations that clients request over them. */
final class ConnectionModule {
    final ConnectionService connections;
    final OperationCatalogue operations;
    final OperationExecutor executor;
    private final Executor blocking;

    /** @param blocking closes connections, and queries the store on behalf of container threads */
    ConnectionModule(
            Hub hub,
            Presence presence,
            AdmissionModule admission,
            SessionModule session,
            ConversationModule conversation,
            ChatModule chat,
            CatchUpModule catchUp,
            ServerConfig config,
            Executor blocking,
            Clock clock) {
        this.blocking = blocking;
        connections = new ConnectionService(
                hub,
                presence,
                admission.connections,
                conversation.cursors,
                catchUp.offline,
                session.sweeper,
                new Connection.Limits(
                        config.get(LimitsSection.OUTBOUND_QUEUE_BYTES),
                        sendTimeout(config).toNanos()),
                blocking,
                clock,
                System::nanoTime);
        operations = OperationCatalogue.of(chat.messages, conversation.reading, catchUp.sync);
        executor = new OperationExecutor(admission.frameRate, session.bans);
    }

    private static Duration sendTimeout(ServerConfig config) {
        return Duration.ofSeconds(config.get(LimitsSection.OUTBOUND_QUEUE_SECONDS));
    }

    /** Creates the context that the WebSocket endpoints share. */
    WsContext endpoints(ServerConfig config, JsonLimits json, Metrics metrics, FailureReporter failures) {
        return new WsContext(
                connections,
                operations,
                executor,
                new WsContext.Limits(
                        config.get(LimitsSection.MAX_FRAME_BYTES), json, config.get(LimitsSection.FRAME_BURST)),
                sendTimeout(config),
                blocking,
                metrics,
                failures);
    }
}
