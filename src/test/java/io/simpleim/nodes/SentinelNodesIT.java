package io.simpleim.nodes;

import io.simpleim.testing.RedisSentinels;
import java.util.Map;

/** Servers over a Redis with sentinels. */
class SentinelNodesIT extends FailoverContract {
    private final RedisSentinels sentinels = RedisSentinels.start();

    @Override
    Map<String, String> redisSettings() {
        return Map.of(
                "IM_REDIS_MODE",
                "sentinel",
                "IM_REDIS_ADDRESS",
                sentinels.address(),
                "IM_REDIS_PASSWORD",
                RedisSentinels.PASSWORD,
                "IM_REDIS_MASTERNAME",
                RedisSentinels.MASTER_NAME,
                "IM_REDIS_SENTINELPASSWORD",
                RedisSentinels.SENTINEL_PASSWORD);
    }

    @Override
    void killMaster() {
        sentinels.master().kill();
    }

    @Override
    void awaitFailover() {
        sentinels.awaitFailover();
    }

    @Override
    void closeRedis() {
        sentinels.close();
    }
}
