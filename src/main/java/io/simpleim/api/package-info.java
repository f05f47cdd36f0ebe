/**
 * The parts of the wire contract that HTTP and WebSocket share.
 *
 * <p>Owns the catalogue of {@linkplain io.simpleim.api.ApiError errors}, the envelope of responses, their texts in Chinese
 * and English, and the {@linkplain io.simpleim.api.Params parameters} of requests. Knows no servlet and no WebSocket
 * session. Wire names never change. Start with {@link io.simpleim.api.ApiError} and {@link
 * io.simpleim.api.RequestRejected}.
 */
@NullMarked
package io.simpleim.api;

import org.jspecify.annotations.NullMarked;
