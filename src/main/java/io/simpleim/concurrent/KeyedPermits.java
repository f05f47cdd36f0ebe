package io.simpleim.concurrent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the permits that each key may hold at the same time. Keys without permits take no memory. Never blocks.
 * Thread-safe; an acquisition never exceeds the limit, not even for a moment.
 */
public final class KeyedPermits {
    private final long limit;

    /** The permits that each key holds, all of them positive. Updated by atomic map operations only. */
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    /** @param limit maximum number of permits that one key may hold */
    public KeyedPermits(long limit) {
        this.limit = limit;
    }

    /** Takes one permit for a key; false if the key holds its maximum. */
    public boolean tryAcquire(String key) {
        return tryAcquire(key, 1);
    }

    /**
     * Takes several permits for a key, all or none.
     *
     * @param permits number of permits, 1 or more
     * @return false if the key would hold more than the limit
     */
    public boolean tryAcquire(String key, long permits) {
        boolean[] acquired = {false};
        held.compute(key, (same, before) -> {
            long now = before == null ? 0 : before;
            acquired[0] = permits <= limit - now;
            return acquired[0] ? Long.valueOf(now + permits) : before;
        });
        return acquired[0];
    }

    /** Releases one permit of a key. Does nothing if the key holds none. */
    public void release(String key) {
        release(key, 1);
    }

    /** Releases permits that were acquired for a key. Never leaves a negative number. */
    public void release(String key, long permits) {
        held.computeIfPresent(key, (same, before) -> before <= permits ? null : Long.valueOf(before - permits));
    }

    /** The number of keys that hold permits. */
    int keys() {
        return held.size();
    }
}
