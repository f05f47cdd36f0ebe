package io.simpleim.config;

/** What {@code [redis] address} points to. */
public enum RedisMode {
    /** A single Redis. */
    STANDALONE,
    /** Sentinels, which know the current master. */
    SENTINEL,
    /** Some nodes of a cluster, which know the others. */
    CLUSTER
}
