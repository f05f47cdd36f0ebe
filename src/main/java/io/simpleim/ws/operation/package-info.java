/**
 * The operations that clients request by WebSocket frames: one class each, registered in {@link
 * io.simpleim.ws.operation.OperationCatalogue}. An operation parses its parameters and calls one service. Operations
 * know no WebSocket session and are thread-safe. Start with {@link io.simpleim.ws.operation.Operation}.
 */
@NullMarked
package io.simpleim.ws.operation;

import org.jspecify.annotations.NullMarked;
