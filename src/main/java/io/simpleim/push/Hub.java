package io.simpleim.push;

import io.simpleim.event.CloseCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node, by user and by session. Thread-safe; takes no lock of its own while it pushes.
 *
 * <p>The values of both maps are immutable lists that are replaced as a whole, so whoever pushes walks over a snapshot:
 * a user has few connections, and connects far less often than it is written to.
 */
public final class Hub {
    private final Map<String, List<Connection>> byUser = new ConcurrentHashMap<>();
    private final Map<String, List<Connection>> bySession = new ConcurrentHashMap<>();

    /** Adds a connection that gets what is pushed to its user. */
    public void add(Connection connection) {
        byUser.merge(connection.userId(), List.of(connection), Hub::concat);
        addSender(connection);
    }

    /** Adds a connection that only sends: nothing is pushed to it, but it ends with its session. */
    public void addSender(Connection connection) {
        bySession.merge(connection.sessionId(), List.of(connection), Hub::concat);
    }

    /** Forgets a connection; one that is not known has no effect. */
    public void remove(Connection connection) {
        byUser.computeIfPresent(connection.userId(), (key, all) -> without(all, connection));
        bySession.computeIfPresent(connection.sessionId(), (key, all) -> without(all, connection));
    }

    /** The connections of some users that get what is pushed to them, as of now. */
    public List<Connection> connectionsOf(Collection<String> userIds) {
        List<Connection> connections = new ArrayList<>();
        for (String userId : userIds) {
            connections.addAll(byUser.getOrDefault(userId, List.of()));
        }
        return connections;
    }

    /** How many users have a connection that gets what is pushed to them. */
    public int users() {
        return byUser.size();
    }

    /** What waits for clients that have not read it yet, in bytes, of all connections and of the one with the most. */
    public LongSummaryStatistics waitingBytes() {
        LongSummaryStatistics waiting = new LongSummaryStatistics();
        forEach(connection -> waiting.accept(connection.waitingBytes()));
        return waiting;
    }

    /** The users who have a connection that gets what is pushed to them. */
    public Set<String> userIds() {
        return Set.copyOf(byUser.keySet());
    }

    /** Whether one of some users has a connection that gets what is pushed to it. */
    public boolean isAnyConnected(Collection<String> userIds) {
        for (String userId : userIds) {
            if (byUser.containsKey(userId)) {
                return true;
            }
        }
        return false;
    }

    /** Does something with each connection, those that only send included. */
    public void forEach(Consumer<Connection> action) {
        bySession.values().forEach(all -> all.forEach(action));
    }

    /** Tells the connections of a session why, and closes them. */
    public void disconnectSession(String sessionId, CloseCode code) {
        bySession.getOrDefault(sessionId, List.of()).forEach(connection -> connection.disconnect(code));
    }

    /** Tells the connections whose sessions have expired, at a time in Unix seconds, and closes them. */
    public void disconnectExpired(long now) {
        bySession
                .values()
                .forEach(all -> all.stream()
                        .filter(connection -> connection.isExpiredAt(now))
                        .forEach(connection -> connection.disconnect(CloseCode.TOKEN_EXPIRED)));
    }

    /** The sessions that have a connection here. */
    public Set<String> sessionIds() {
        return Set.copyOf(bySession.keySet());
    }

    /** How many connections there are. */
    public int size() {
        return bySession.values().stream().mapToInt(List::size).sum();
    }

    private static List<Connection> concat(List<Connection> some, List<Connection> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static @Nullable List<Connection> without(List<Connection> all, Connection connection) {
        List<Connection> rest = all.stream().filter(c -> c != connection).toList();
        return rest.isEmpty() ? null : rest;
    }
}
