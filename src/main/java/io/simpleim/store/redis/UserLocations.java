package io.simpleim.store.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Presence: the nodes on which a user is connected, and the users of a node. Each node writes its own; whoever finds one
 * dead takes its users back. Thread-safe.
 */
public final class UserLocations {
    private static final int SCANNED_AT_ONCE = 500;

    private final RedisStore redis;

    public UserLocations(RedisStore redis) {
        this.redis = redis;
    }

    /**
     * Notes who is connected to a node and who is not any more.
     *
     * @throws io.simpleim.model.StoreUnavailableException if Redis is out of reach: it may be noted, or not
     */
    public void note(String nodeId, Collection<String> come, Collection<String> gone) {
        redis.pipelined(pipeline -> {
            List<Response<Long>> answers = new ArrayList<>();
            // First who is here: whoever clears up after this node misses nobody.
            if (!come.isEmpty()) {
                answers.add(pipeline.sadd(usersKey(nodeId), come.toArray(String[]::new)));
            }
            come.forEach(userId -> answers.add(pipeline.sadd(userKey(userId), nodeId)));
            gone.forEach(userId -> answers.add(pipeline.srem(userKey(userId), nodeId)));
            if (!gone.isEmpty()) {
                answers.add(pipeline.srem(usersKey(nodeId), gone.toArray(String[]::new)));
            }
            return () -> {
                answers.forEach(Response::get);
                return true;
            };
        });
    }

    /** The nodes on which users are connected, dead ones maybe among them, by user; who is on none is left out. */
    public Map<String, Set<String>> nodesOf(Collection<String> userIds) {
        return redis.pipelined(pipeline -> {
            Map<String, Response<Set<String>>> answers = new HashMap<>();
            userIds.forEach(userId -> answers.computeIfAbsent(userId, id -> pipeline.smembers(userKey(id))));
            return () -> {
                Map<String, Set<String>> nodes = new HashMap<>();
                answers.forEach((userId, answer) -> {
                    if (!answer.get().isEmpty()) {
                        nodes.put(userId, answer.get());
                    }
                });
                return nodes;
            };
        });
    }

    /** Some users of a node, some hundreds at the most; empty if it has none. */
    public List<String> someUsersOf(String nodeId) {
        ScanParams params = new ScanParams().count(SCANNED_AT_ONCE);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<String> page = redis.call(commands -> commands.sscan(usersKey(nodeId), from, params));
            if (!page.getResult().isEmpty()) {
                return List.copyOf(Set.copyOf(page.getResult()));
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return List.of();
    }

    private static String userKey(String userId) {
        return "im:user:" + userId;
    }

    private static String usersKey(String nodeId) {
        return NodeRegistry.key(nodeId) + ":users";
    }
}
