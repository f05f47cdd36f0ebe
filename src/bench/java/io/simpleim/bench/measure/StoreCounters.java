package io.simpleim.bench.measure;

/**
 * What stores in processes of their own have used.
 *
 * @param cpuNanos of MongoDB's
 */
public record StoreCounters(long cpuNanos, RedisCounters redis) {
    /** For stores that are in the server's process. */
    public static final StoreCounters NONE = new StoreCounters(0, RedisCounters.NONE);

    StoreCounters since(StoreCounters before) {
        return new StoreCounters(cpuNanos - before.cpuNanos, redis.since(before.redis));
    }

    long allCpuNanos() {
        return cpuNanos + redis.cpuNanos();
    }
}
