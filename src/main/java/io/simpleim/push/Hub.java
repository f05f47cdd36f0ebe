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
 * The connections of this node, by user and by session. Thread-safe without locks of its own.
 *
 * <p>The values of both maps are immutable lists that are replaced as a whole, so a push walks over a snapshot. A user
 * has few connections, and opens one far less often than messages arrive.
 */
public final class Hub {
    private final Map<String, List<Connection>> byUser = new ConcurrentHashMap<>();
    private final Map<String, List<Connection>> bySession = new ConcurrentHashMap<>();

    /** Adds a connection that receives pushes to its user. */
    public void add(Connection connection) {
        byUser.merge(connection.userId(), List.of(connection), Hub::concat);
        addSendOnly(connection);
    }

    /** Adds a connection that receives no pushes. It is closed when its session ends, like all others. */
    public void addSendOnly(Connection connection) {
        bySession.merge(connection.sessionId(), List.of(connection), Hub::concat);
    }

    /** Removes a connection; no effect on one that is not here. */
    public void remove(Connection connection) {
        byUser.computeIfPresent(connection.userId(), (key, all) -> without(all, connection));
        bySession.computeIfPresent(connection.sessionId(), (key, all) -> without(all, connection));
    }

    /** The current connections of the given users, without those that only send. */
    public List<Connection> connectionsOf(Collection<String> userIds) {
        List<Connection> connections = new ArrayList<>();
        for (String userId : userIds) {
            connections.addAll(byUser.getOrDefault(userId, List.of()));
        }
        return connections;
    }

    /** The number of users with a connection that receives pushes. */
    public int users() {
        return byUser.size();
    }

    /** The bytes that wait for the client to read, as statistics over all connections. */
    public LongSummaryStatistics waitingBytes() {
        LongSummaryStatistics waiting = new LongSummaryStatistics();
        forEach(connection -> waiting.accept(connection.waitingBytes()));
        return waiting;
    }

    /** The users with a connection that receives pushes. */
    public Set<String> userIds() {
        return Set.copyOf(byUser.keySet());
    }

    /** Whether at least one of the given users has a connection that receives pushes. */
    public boolean isAnyConnected(Collection<String> userIds) {
        for (String userId : userIds) {
            if (byUser.containsKey(userId)) {
                return true;
            }
        }
        return false;
    }

    /** Calls an action with each connection, including those that only send. */
    public void forEach(Consumer<Connection> action) {
        bySession.values().forEach(all -> all.forEach(action));
    }

    /** Sends the reason to the connections of a session, and closes them. */
    public void disconnectSession(String sessionId, CloseCode code) {
        bySession.getOrDefault(sessionId, List.of()).forEach(connection -> connection.disconnect(code));
    }

    /** Disconnects the connections whose sessions have expired at a time in Unix seconds. */
    public void disconnectExpired(long now) {
        bySession
                .values()
                .forEach(all -> all.stream()
                        .filter(connection -> connection.isExpiredAt(now))
                        .forEach(connection -> connection.disconnect(CloseCode.TOKEN_EXPIRED)));
    }

    /** The sessions with a connection on this node. */
    public Set<String> sessionIds() {
        return Set.copyOf(bySession.keySet());
    }

    /** The number of connections, including those that only send. */
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
