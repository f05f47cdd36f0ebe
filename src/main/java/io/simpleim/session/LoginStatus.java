package io.simpleim.session;

import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.store.mongo.UserDao;
import io.simpleim.store.redis.UserLocations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into {@code user.login_status} whether users who have come or gone are connected to any node, once a second for
 * all of them. Thread-safe.
 *
 * <p>Nodes may write at the same time, each what Redis has told it a moment before. Whoever has written that a user is away
 * looks again afterwards, so what is written last is true.
 */
public final class LoginStatus {
    private static final Logger log = LoggerFactory.getLogger(LoginStatus.class);
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
    private static final int WRITTEN_AT_ONCE = 1000;

    private final UserDao users;
    private final UserLocations whereabouts;
    private final NodeMembership membership;
    private final Clock clock;

    /** Guarded by this; when each has moved, in Unix seconds. */
    private Map<String, Long> moved = new HashMap<>();

    public LoginStatus(UserDao users, UserLocations whereabouts, NodeMembership membership, Clock clock) {
        this.users = users;
        this.whereabouts = whereabouts;
        this.membership = membership;
        this.clock = clock;
    }

    /** Has what is pending written periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing login statuses", this::flush);
    }

    /** Users have come or gone, on whatever node. */
    public void moved(Collection<String> userIds) {
        long now = clock.instant().getEpochSecond();
        synchronized (this) {
            userIds.forEach(userId -> moved.put(userId, now));
        }
    }

    /** Writes what has changed; what cannot be written now is written later. */
    public void flush() {
        Map<String, Long> taken;
        synchronized (this) {
            taken = moved;
            moved = new HashMap<>();
        }
        List<String> all = List.copyOf(taken.keySet());
        for (int from = 0; from < all.size(); from += WRITTEN_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(from + WRITTEN_AT_ONCE, all.size()));
            try {
                write(some, taken);
            } catch (RuntimeException e) {
                log.debug("Whether users are connected is written later: {}", e.getMessage());
                synchronized (this) {
                    some.forEach(userId -> moved.merge(userId, taken.getOrDefault(userId, 0L), Math::max));
                }
            }
        }
    }

    private void write(List<String> userIds, Map<String, Long> movedAt) {
        Set<String> here = connected(userIds);
        Map<String, Long> away = new HashMap<>();
        userIds.stream()
                .filter(userId -> !here.contains(userId))
                .forEach(userId -> away.put(userId, movedAt.getOrDefault(userId, 0L)));
        users.connected(here);
        users.away(away);
        moved(connected(new ArrayList<>(away.keySet())));
    }

    private Set<String> connected(List<String> userIds) {
        Set<String> connected = new HashSet<>();
        if (!userIds.isEmpty()) {
            whereabouts.nodesOf(userIds).forEach((userId, nodes) -> {
                if (nodes.stream().anyMatch(membership::isAlive)) {
                    connected.add(userId);
                }
            });
        }
        return connected;
    }
}
