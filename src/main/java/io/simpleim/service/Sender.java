package io.simpleim.service;

import io.simpleim.push.Connection;
import java.util.function.Predicate;

/**
 * Who sends or reads, and which connection is its own: that one is not told of it, the user's others are.
 *
 * @param isOwn tells the own connection; called on any thread
 */
public record Sender(String userId, Predicate<Connection> isOwn) {
    /** A sender whose connection is that of its session: a client that sends over REST and listens on a WebSocket. */
    public static Sender ofSession(String userId, String sessionId) {
        return new Sender(userId, connection -> connection.sessionId().equals(sessionId));
    }
}
