package io.simpleim.ws;

import io.simpleim.audit.FailureReporter;
import io.simpleim.connection.ConnectionService;
import io.simpleim.json.JsonLimits;
import io.simpleim.metrics.Metrics;
import io.simpleim.ws.operation.OperationCatalogue;
import io.simpleim.ws.operation.OperationExecutor;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What all endpoints share. Thread-safe.
 *
 * @param sendTimeout maximum time that a write to the network may take
 * @param blocking closes and pings connections, which may block
 */
public record WsContext(
        ConnectionService connections,
        OperationCatalogue operations,
        OperationExecutor executor,
        Limits limits,
        Duration sendTimeout,
        Executor blocking,
        Metrics metrics,
        FailureReporter failures) {

    /**
     * Limits for the frames of a client.
     *
     * @param maxBytes {@code [limits] maxFrameBytes}
     * @param maxRateRefusals a connection is closed after more consecutive frames than this were refused as too many
     */
    public record Limits(int maxBytes, JsonLimits json, int maxRateRefusals) {}
}
