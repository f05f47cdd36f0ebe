package io.simpleim.connection;

import io.simpleim.dispatch.Sender;
import io.simpleim.push.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An admitted connection: {@link Connection} carries its frames, this class adds its kind and its state on this node.
 * Thread-safe. Created by {@link ConnectionService}.
 */
public final class ClientConnection {
    private final Connection connection;
    private final ConnectionKind kind;
    private final String address;
    private final CountDownLatch presenceNoted = new CountDownLatch(1);
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

    /** The part that carries the frames of this connection. */
    public Connection frames() {
        return connection;
    }

    /**
     * The sender of the requests that arrive on this connection. Its own connection, which gets no push of them, is
     * this one if it listens; otherwise every listening connection of the same session is.
     */
    public Sender sender() {
        return kind.isListening()
                ? new Sender(userId(), other -> other == connection)
                : Sender.ofSession(userId(), sessionId());
    }

    /**
     * Waits until other nodes can see that the user is connected here. From then on messages that they store are pushed to
     * this connection.
     *
     * @param timeout limits the wait while Redis is slow or out of reach; the wait also ends if the thread is interrupted
     * @return false if the wait timed out or was interrupted
     */
    public boolean awaitPresence(Duration timeout) {
        try {
            return presenceNoted.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends {@link #awaitPresence}: presence was noted in the cluster, or could not be noted for now. */
    void presenceNoted() {
        presenceNoted.countDown();
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
