package io.simpleim.nodes;

import io.simpleim.testing.RedisCluster;
import java.util.Map;

/** Servers over a Redis Cluster. */
class ClusterNodesIT extends FailoverContract {
    private final RedisCluster cluster = RedisCluster.start();
    private int killed;

    @Override
    Map<String, String> redisSettings() {
        return Map.of(
                "IM_REDIS_MODE",
                "cluster",
                "IM_REDIS_ADDRESS",
                cluster.address(),
                "IM_REDIS_PASSWORD",
                RedisCluster.PASSWORD);
    }

    /** The master that holds the stream of one of the servers. */
    @Override
    void killMaster() {
        killed = cluster.masterOf(group.nodeId(1));
        cluster.master(killed).kill();
    }

    @Override
    void awaitFailover() {
        cluster.awaitFailover(killed);
    }

    @Override
    void closeRedis() {
        cluster.close();
    }
}
