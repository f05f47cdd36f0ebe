/** The WebSocket endpoints: adapters between JSR 356 and {@code push}, and nothing else. */
@NullMarked
package io.simpleim.ws;

import org.jspecify.annotations.NullMarked;
