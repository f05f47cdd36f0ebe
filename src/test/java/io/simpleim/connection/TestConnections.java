package io.simpleim.connection;

import io.simpleim.model.Session;
import io.simpleim.push.Connection;
import io.simpleim.testing.FakeTransport;

/** Connections that no hub knows. */
public final class TestConnections {
    private TestConnections() {}

    /** A connection of a user that takes every frame. */
    public static ClientConnection of(String userId, ConnectionKind kind) {
        Session session = new Session("session of " + userId, userId, 0, 0);
        Connection connection = new Connection(
                session,
                FakeTransport.inline(),
                new Connection.Limits(1000, Long.MAX_VALUE),
                0,
                System::nanoTime,
                receipt -> {});
        return new ClientConnection(connection, kind, "");
    }
}
