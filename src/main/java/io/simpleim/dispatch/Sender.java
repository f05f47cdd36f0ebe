package io.simpleim.dispatch;

import io.simpleim.push.Connection;
import java.util.function.Predicate;

/**
 * The user who sends or reads a message, and the connection it came from. That connection does not get the push that
 * follows; the user's other connections do.
 *
 * @param sessionId the session whose connections, on all nodes, are the sender's own; empty if it has none on other nodes
 * @param isOwn recognises the sender's own connections on this node; called on any thread
 */
public record Sender(String userId, String sessionId, Predicate<Connection> isOwn) {
    /** Stands for an event without a sender, which no connection is skipped for. */
    public static final Sender NOBODY = new Sender("", "", connection -> false);

    /** A sender whose own connection is on this node. */
    public Sender(String userId, Predicate<Connection> isOwn) {
        this(userId, "", isOwn);
    }

    /**
     * A sender that owns all connections of its session, such as a client that sends over REST and listens on a WebSocket.
     */
    public static Sender ofSession(String userId, String sessionId) {
        return new Sender(
                userId, sessionId, connection -> connection.sessionId().equals(sessionId));
    }
}
