package io.simpleim.dispatch;

import io.simpleim.push.Connection;
import java.util.function.Predicate;

/**
 * Who sends or reads, and which connection is its own: that one is not told of it, the user's others are.
 *
 * @param sessionId the session whose connections are all its own, on whatever node; empty if only one on this node is
 * @param isOwn tells the own connection; called on any thread
 */
public record Sender(String userId, String sessionId, Predicate<Connection> isOwn) {
    /** Of what nobody in particular has brought about. */
    public static final Sender NOBODY = new Sender("", "", connection -> false);

    /** A sender whose own connection is one of this node. */
    public Sender(String userId, Predicate<Connection> isOwn) {
        this(userId, "", isOwn);
    }

    /** A sender whose connection is that of its session: a client that sends over REST and listens on a WebSocket. */
    public static Sender ofSession(String userId, String sessionId) {
        return new Sender(
                userId, sessionId, connection -> connection.sessionId().equals(sessionId));
    }
}
