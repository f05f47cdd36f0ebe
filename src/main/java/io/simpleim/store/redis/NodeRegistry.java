package io.simpleim.store.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/**
 * The nodes that run: {@code im:nodes} names them, and each that is alive has a key that expires unless it is written
 * again. A node that is named and has no key is dead. Thread-safe.
 */
public final class NodeRegistry {
    private static final String ALL = "im:nodes";

    private final RedisStore redis;

    public NodeRegistry(RedisStore redis) {
        this.redis = redis;
    }

    /**
     * Says that a node is alive still.
     *
     * @param info what an operator may want to know of it
     * @param good how long that holds
     * @return false if nobody knew it to be alive any more: others may have taken it for dead, and it stays so
     * @throws io.simpleim.model.StoreUnavailableException if Redis is out of reach
     */
    public boolean beat(String nodeId, String info, Duration good) {
        SetParams params = SetParams.setParams().xx().px(good.toMillis());
        return redis.call(commands -> commands.set(key(nodeId), info, params)) != null;
    }

    /** Says that a node is alive from now on, as {@link #beat}, and names it. */
    public void appear(String nodeId, String info, Duration good) {
        SetParams params = SetParams.setParams().px(good.toMillis());
        redis.call(commands -> commands.set(key(nodeId), info, params));
        redis.call(commands -> commands.sadd(ALL, nodeId));
    }

    /** All nodes that are named, and whether they are alive. */
    public Map<String, Boolean> alive() {
        Set<String> named = redis.call(commands -> commands.smembers(ALL));
        return redis.pipelined(pipeline -> {
            Map<String, Response<Boolean>> answers = new HashMap<>();
            named.forEach(id -> answers.put(id, pipeline.exists(key(id))));
            return () -> {
                Map<String, Boolean> alive = new HashMap<>();
                answers.forEach((id, answer) -> alive.put(id, answer.get()));
                return alive;
            };
        });
    }

    /** Has one of those who find a node dead, and not several, clear up after it; false if another one does. */
    public boolean claim(String deadNodeId, String byNodeId, Duration good) {
        SetParams params = SetParams.setParams().nx().px(good.toMillis());
        return redis.call(commands -> commands.set(key(deadNodeId) + ":cleaner", byNodeId, params)) != null;
    }

    /** Forgets a node. */
    public void forget(String nodeId) {
        redis.call(commands -> commands.unlink(key(nodeId)));
        redis.call(commands -> commands.srem(ALL, nodeId));
    }

    /** The key of a node, of which those of all that is its own begin. The braces have them share a slot. */
    static String key(String nodeId) {
        return "im:node:{" + nodeId + "}";
    }
}
