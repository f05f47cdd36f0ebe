package io.simpleim.store.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/**
 * The registry of nodes: {@code im:nodes} lists them, and each live node has a key that expires unless it is renewed. A
 * listed node without a key is dead. Thread-safe.
 */
public final class NodeRegistry {
    private static final String ALL = "im:nodes";

    private final RedisStore redis;

    public NodeRegistry(RedisStore redis) {
        this.redis = redis;
    }

    /**
     * Renews the key of a live node.
     *
     * @param info description of the node, for operators
     * @param lifetime time until the key expires unless it is renewed
     * @return false if the key was gone; others may have declared the node dead, and the key is not restored
     * @throws io.simpleim.model.StoreUnavailableException if Redis is unreachable
     */
    public boolean beat(String nodeId, String info, Duration lifetime) {
        SetParams params = SetParams.setParams().xx().px(lifetime.toMillis());
        return redis.call(commands -> commands.set(key(nodeId), info, params)) != null;
    }

    /** Registers a new node as alive; parameters as in {@link #beat}. */
    public void appear(String nodeId, String info, Duration lifetime) {
        SetParams params = SetParams.setParams().px(lifetime.toMillis());
        redis.call(commands -> commands.set(key(nodeId), info, params));
        redis.call(commands -> commands.sadd(ALL, nodeId));
    }

    /** Returns all listed nodes, and whether each is alive. */
    public Map<String, Boolean> alive() {
        Set<String> listed = redis.call(commands -> commands.smembers(ALL));
        return redis.pipelined(pipeline -> {
            Map<String, Response<Boolean>> answers = new HashMap<>();
            listed.forEach(id -> answers.put(id, pipeline.exists(key(id))));
            return () -> {
                Map<String, Boolean> alive = new HashMap<>();
                answers.forEach((id, answer) -> alive.put(id, answer.get()));
                return alive;
            };
        });
    }

    /** Claims the cleanup after a dead node, for a limited time; returns false if another node holds the claim. */
    public boolean claim(String deadNodeId, String byNodeId, Duration lifetime) {
        SetParams params = SetParams.setParams().nx().px(lifetime.toMillis());
        return redis.call(commands -> commands.set(key(deadNodeId) + ":cleaner", byNodeId, params)) != null;
    }

    /** Removes a node. */
    public void forget(String nodeId) {
        redis.call(commands -> commands.unlink(key(nodeId)));
        redis.call(commands -> commands.srem(ALL, nodeId));
    }

    /** The key of a node, and the prefix of the node's other keys. The braces keep them in one cluster slot. */
    static String key(String nodeId) {
        return "im:node:{" + nodeId + "}";
    }
}
