package io.simpleim.connection;

import io.simpleim.dispatch.Sender;
import io.simpleim.push.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An admitted connection: {@link Connection} carries its frames, this class adds its kind and its state on this node.
 * Thread-safe. Made by {@link ConnectionService}.
 */
public final class ClientConnection {
    private final Connection connection;
    private final ConnectionKind kind;
    private final String address;
    private final CountDownLatch noted = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param address the address that the connection was counted under; empty if addresses are not limited */
    ClientConnection(Connection connection, ConnectionKind kind, String address) {
        this.connection = connection;
        this.kind = kind;
        this.address = address;
    }

    public String userId() {
        return connection.userId();
    }

    public String sessionId() {
        return connection.sessionId();
    }

    /** Sends and receives the frames of this connection. */
    public Connection frames() {
        return connection;
    }

    /**
     * The user as the sender of what comes in here. The own connection, which is not told of it, is this one if it listens,
     * else every listening connection of the same session.
     */
    public Sender sender() {
        return kind.isListening()
                ? new Sender(userId(), other -> other == connection)
                : Sender.ofSession(userId(), sessionId());
    }

    /**
     * Waits until other nodes can know that the user is connected here. From then on messages that they store are pushed to this
     * connection.
     *
     * @param timeout limits the wait while Redis is slow or out of reach; returns early if the thread is interrupted
     * @return false if the wait ended early
     */
    public boolean awaitPresence(Duration timeout) {
        try {
            return noted.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Presence was noted in the cluster, or could not be noted now. */
    void presenceNoted() {
        noted.countDown();
    }

    ConnectionKind kind() {
        return kind;
    }

    String address() {
        return address;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Marks the connection as closed; false if it was closed before. */
    boolean markClosed() {
        return closed.compareAndSet(false, true);
    }
}
