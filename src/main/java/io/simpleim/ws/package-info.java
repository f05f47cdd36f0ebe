/**
 * The WebSocket endpoints: adapters between JSR 356 and {@code connection}, {@code push} and {@code ws.operation}.
 *
 * <p>Promises that frames of one client are answered in their order, and that no thread waits for a client that does
 * not read, except for a bounded time to close it or to exchange pings. Start with {@link io.simpleim.ws.FrameEndpoint}.
 */
@NullMarked
package io.simpleim.ws;

import org.jspecify.annotations.NullMarked;
