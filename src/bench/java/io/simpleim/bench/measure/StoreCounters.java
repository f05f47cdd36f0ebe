package io.simpleim.bench.measure;

/**
 * Usage of stores that run in processes of their own.
 *
 * @param cpuNanos CPU time of MongoDB's store
 */
public record StoreCounters(long cpuNanos, RedisCounters redis) {
    /** For stores in the server's process. */
    public static final StoreCounters NONE = new StoreCounters(0, RedisCounters.NONE);

    StoreCounters since(StoreCounters before) {
        return new StoreCounters(cpuNanos - before.cpuNanos, redis.since(before.redis));
    }

    long allCpuNanos() {
        return cpuNanos + redis.cpuNanos();
    }
}
