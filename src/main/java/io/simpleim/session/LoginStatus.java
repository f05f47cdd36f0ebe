package io.simpleim.session;

import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.concurrent.WriteBehind;
import io.simpleim.store.Chunks;
import io.simpleim.store.mongo.UserDao;
import io.simpleim.store.redis.UserLocations;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes into {@code user.login_status} whether users are connected to any node, in batches once a second. Thread-safe.
 *
 * <p>Several nodes may write the status of one user, each from its own Redis lookup a moment before. A node that has written
 * that a user is away looks that user up again, so the last status written is the current one.
 */
public final class LoginStatus {
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
    private static final int USERS_PER_WRITE = 1000;

    private final UserDao users;
    private final UserLocations locations;
    private final NodeMembership membership;
    private final Clock clock;

    /** When each user last connected or disconnected, in Unix seconds, by user id. */
    private final WriteBehind<Map<String, Long>> changes;

    public LoginStatus(UserDao users, UserLocations locations, NodeMembership membership, Clock clock) {
        this.users = users;
        this.locations = locations;
        this.membership = membership;
        this.clock = clock;
        this.changes = new WriteBehind<>(
                "login statuses",
                HashMap::new,
                (newer, older) -> older.forEach((userId, at) -> newer.merge(userId, at, Math::max)),
                this::write);
    }

    /** Writes pending statuses periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing login statuses", this::flush);
    }

    /** Notes that users have connected or disconnected, on any node; their statuses are written later. */
    public void moved(Collection<String> userIds) {
        long now = clock.instant().getEpochSecond();
        changes.update(pending -> userIds.forEach(userId -> pending.put(userId, now)));
    }

    /** Writes pending statuses. Never throws: after a failure they stay pending. */
    public void flush() {
        changes.flush();
    }

    private void write(Map<String, Long> changedAt) {
        for (List<String> userIds : Chunks.of(List.copyOf(changedAt.keySet()), USERS_PER_WRITE)) {
            Set<String> connected = connectedAmong(userIds);
            Map<String, Long> away = new HashMap<>();
            userIds.stream()
                    .filter(userId -> !connected.contains(userId))
                    .forEach(userId -> away.put(userId, changedAt.getOrDefault(userId, 0L)));
            users.connected(connected);
            users.away(away);
            moved(connectedAmong(away.keySet()));
        }
    }

    private Set<String> connectedAmong(Collection<String> userIds) {
        Set<String> connected = new HashSet<>();
        if (!userIds.isEmpty()) {
            locations.nodesOf(userIds).forEach((userId, nodes) -> {
                if (nodes.stream().anyMatch(membership::isAlive)) {
                    connected.add(userId);
                }
            });
        }
        return connected;
    }
}
