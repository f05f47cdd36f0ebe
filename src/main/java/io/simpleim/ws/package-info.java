/**
 * The WebSocket endpoints: adapters between JSR 356 and {@code connection}, {@code push} and {@code ws.operation}. Start with
 * {@link io.simpleim.ws.FrameEndpoint}.
 */
@NullMarked
package io.simpleim.ws;

import org.jspecify.annotations.NullMarked;
