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
 * The locations of connected users: the nodes of a user, and the users of a node. Each node records its own users; the node
 * that cleans up after a dead one removes its users too. Thread-safe.
 */
public final class UserLocations {
    private static final int SCAN_COUNT = 500;

    private final RedisStore redis;

    public UserLocations(RedisStore redis) {
        this.redis = redis;
    }

    /**
     * Records which users are connected to a node, and removes others.
     *
     * @param connected users to record as connected to the node
     * @param disconnected users to remove from the node
     * @throws io.simpleim.model.StoreUnavailableException if Redis is unreachable; some changes may have been recorded
     */
    public void note(String nodeId, Collection<String> connected, Collection<String> disconnected) {
        redis.pipelined(pipeline -> {
            List<Response<Long>> answers = new ArrayList<>();
            // The node's own set comes first, so that a cleanup after this node misses nobody.
            if (!connected.isEmpty()) {
                answers.add(pipeline.sadd(usersKey(nodeId), connected.toArray(String[]::new)));
            }
            connected.forEach(userId -> answers.add(pipeline.sadd(userKey(userId), nodeId)));
            disconnected.forEach(userId -> answers.add(pipeline.srem(userKey(userId), nodeId)));
            if (!disconnected.isEmpty()) {
                answers.add(pipeline.srem(usersKey(nodeId), disconnected.toArray(String[]::new)));
            }
            return () -> {
                answers.forEach(Response::get);
                return true;
            };
        });
    }

    /** Finds the nodes that users are connected to, by user; dead nodes may be included, users on no node are omitted. */
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

    /** Returns some users of a node, about 500 at most if it has many; empty only if it has none. */
    public List<String> someUsersOf(String nodeId) {
        ScanParams params = new ScanParams().count(SCAN_COUNT);
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
