/**
 * The life cycle of a client's connection: it is admitted, opened (hub, presence in the cluster, backlog push) and closed.
 * Independent of WebSocket: adapters supply a {@link io.simpleim.push.Transport}. Owns no stored state. Start with {@link
 * io.simpleim.connection.ConnectionService}.
 */
@NullMarked
package io.simpleim.connection;

import org.jspecify.annotations.NullMarked;
