package io.simpleim.connection;

import io.simpleim.admission.ConnectionLimiter;
import io.simpleim.api.Limit;
import io.simpleim.catchup.OfflinePush;
import io.simpleim.cluster.Presence;
import io.simpleim.conversation.Cursors;
import io.simpleim.event.CloseCode;
import io.simpleim.model.Session;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.push.Transport;
import io.simpleim.session.SessionSweeper;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes the connections of this node. Thread-safe. No call waits for a store.
 *
 * <p>A connection is admitted, then opened, then closed. It may be closed at any moment, even while it is being opened:
 * the call that ends last removes it.
 */
public final class ConnectionService {
    private static final Logger log = LoggerFactory.getLogger(ConnectionService.class);

    private final Hub hub;
    private final Presence presence;
    private final ConnectionLimiter limiter;
    private final Cursors cursors;
    private final OfflinePush backlog;
    private final SessionSweeper sweeper;
    private final Connection.Limits limits;
    private final Executor blocking;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /**
     * @param blocking queries the store for connections that have just been opened
     * @param nanoTime as {@link System#nanoTime()}
     */
    public ConnectionService(
            Hub hub,
            Presence presence,
            ConnectionLimiter limiter,
            Cursors cursors,
            OfflinePush backlog,
            SessionSweeper sweeper,
            Connection.Limits limits,
            Executor blocking,
            Clock clock,
            LongSupplier nanoTime) {
        this.hub = hub;
        this.presence = presence;
        this.limiter = limiter;
        this.cursors = cursors;
        this.backlog = backlog;
        this.sweeper = sweeper;
        this.limits = limits;
        this.blocking = blocking;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a new connection. Frames may be sent to it from now on, but nothing is pushed until {@link #open}.
     *
     * @param address the address that the client is limited by; empty if addresses are not limited
     * @return the connection; the caller must {@link #close} it in any case
     * @throws TooManyConnectionsException if it exceeds a limit; the transport has then been closed with {@link
     *     CloseCode#TOO_MANY_CONNECTIONS}
     */
    public ClientConnection admit(Session session, String address, ConnectionKind kind, Transport transport) {
        Optional<Limit> exceeded = limiter.enter(session.userId(), address);
        if (exceeded.isPresent()) {
            transport.close(CloseCode.TOO_MANY_CONNECTIONS);
            throw new TooManyConnectionsException(exceeded.get());
        }
        long now = clock.instant().getEpochSecond();
        Connection connection = new Connection(session, transport, limits, now, nanoTime, cursors::receiptsAvailable);
        return new ClientConnection(connection, kind, address);
    }

    /** Makes an admitted connection known to this node and, if it listens, to the other nodes. Call once. */
    public void open(ClientConnection client) {
        Connection connection = client.frames();
        if (client.kind().isListening()) {
            listen(client);
        } else {
            hub.addSendOnly(connection);
        }
        if (client.isClosed()) {
            // The close may have run before the connection was in the hub.
            remove(client);
            return;
        }
        // A logout between the handshake and this line has not found the connection.
        blocking.execute(() -> sweeper.closeIfEnded(client.sessionId()));
    }

    private void listen(ClientConnection client) {
        Connection connection = client.frames();
        if (client.kind().getsBacklog()) {
            connection.holdLive();
        }
        hub.add(connection);
        // Presence before backlog: other nodes must push to this node the messages that they store after the backlog is
        // read.
        presence.update(client.userId(), () -> {
            client.presenceNoted();
            if (client.kind().getsBacklog()) {
                backlog.start(connection);
            }
            blocking.execute(() -> loadAcknowledging(client.userId()));
        });
    }

    private void loadAcknowledging(String userId) {
        try {
            cursors.loadAcknowledging(userId);
        } catch (StoreUnavailableException e) {
            log.debug(
                    "Could not look up whether a user acknowledges messages; receipts do not count for now: {}",
                    e.getMessage());
        }
    }

    /** Removes a connection that the client or the server has closed. Closing twice has no effect. */
    public void close(ClientConnection client) {
        if (client.markClosed()) {
            limiter.leave(client.userId(), client.address());
            hub.remove(client.frames());
            client.frames().markClosed();
            cursors.connectionClosed(client.frames());
            updatePresence(client);
        }
    }

    private void remove(ClientConnection client) {
        hub.remove(client.frames());
        updatePresence(client);
    }

    private void updatePresence(ClientConnection client) {
        if (client.kind().isListening()) {
            presence.update(client.userId(), () -> {});
        }
    }
}
