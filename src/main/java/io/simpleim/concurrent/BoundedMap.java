package io.simpleim.concurrent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map with a limited number of entries: each entry beyond the limit evicts another one. Not thread-safe: even
 * {@code get} modifies a map that evicts the least recently used entry.
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    /** Small, since some of these maps exist once per connection. */
    private static final int INITIAL_CAPACITY = 2;

    private static final float LOAD_FACTOR = 0.75f;

    private final int maxEntries;

    private BoundedMap(int maxEntries, boolean accessOrder) {
        super(INITIAL_CAPACITY, LOAD_FACTOR, accessOrder);
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is " + maxEntries);
        }
        this.maxEntries = maxEntries;
    }

    /**
     * Evicts the entry that was inserted first; replacing a value keeps its place.
     *
     * @throws IllegalArgumentException if {@code maxEntries} is less than 1
     */
    public static <K, V> BoundedMap<K, V> evictingOldest(int maxEntries) {
        return new BoundedMap<>(maxEntries, false);
    }

    /**
     * Evicts the entry that was read or written least recently.
     *
     * @throws IllegalArgumentException if {@code maxEntries} is less than 1
     */
    public static <K, V> BoundedMap<K, V> evictingLeastRecentlyUsed(int maxEntries) {
        return new BoundedMap<>(maxEntries, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > maxEntries;
    }
}
