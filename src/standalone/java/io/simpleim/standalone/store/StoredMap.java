package io.simpleim.standalone.store;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of the store whose changes are noted for the log, each right after it was made. Reads are thread-safe and see a
 * snapshot; writes to one map are one at a time, under the lock of its collection, so the log has them in their order.
 */
final class StoredMap<V> {
    private final MVMap<Key, V> map;
    private final ValueKind<V> kind;
    private final @Nullable RedoBuffer redo;

    /** @param redo null in memory, where nothing is logged */
    StoredMap(MVMap<Key, V> map, ValueKind<V> kind, @Nullable RedoBuffer redo) {
        this.map = map;
        this.kind = kind;
        this.redo = redo;
    }

    ValueKind<V> kind() {
        return kind;
    }

    @Nullable
    V get(Key key) {
        return map.get(key);
    }

    boolean containsKey(Key key) {
        return map.containsKey(key);
    }

    void put(Key key, V value) {
        map.put(key, value);
        notePut(key, value);
    }

    boolean putIfAbsent(Key key, V value) {
        boolean isNew = map.putIfAbsent(key, value) == null;
        if (isNew) {
            notePut(key, value);
        }
        return isNew;
    }

    private void notePut(Key key, V value) {
        if (redo != null) {
            redo.put(map, kind, key, kind.write().apply(value));
        }
    }

    @Nullable
    V remove(Key key) {
        V removed = map.remove(key);
        if (redo != null && removed != null) {
            redo.remove(map, kind, key);
        }
        return removed;
    }

    void clear() {
        map.clear();
        if (redo != null) {
            redo.clear(map, kind);
        }
    }

    <T> Stream<T> in(KeyRange range, boolean descending, BiFunction<Key, V, T> entry) {
        return Entries.in(map, range, descending, entry);
    }

    long count(KeyRange range) {
        return Entries.count(map, range);
    }

    boolean isEmpty(KeyRange range) {
        return Entries.isEmpty(map, range);
    }

    long size() {
        return map.sizeAsLong();
    }
}
