package io.simpleim.standalone.store.file;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import io.simpleim.standalone.store.key.ValueKind;
import io.simpleim.standalone.store.redo.RedoBuffer;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of the store. Each change is recorded for the log right after it is made. Reads are thread-safe and see a
 * snapshot. Writes to one map run one at a time, under the lock of its collection, so the log has them in order.
 */
public final class StoredMap<V> {
    private final MVMap<Key, V> map;
    private final ValueKind<V> kind;
    private final @Nullable RedoBuffer redo;

    /** @param redo null for a store in memory, which has no log */
    StoredMap(MVMap<Key, V> map, ValueKind<V> kind, @Nullable RedoBuffer redo) {
        this.map = map;
        this.kind = kind;
        this.redo = redo;
    }

    public @Nullable V get(Key key) {
        return map.get(key);
    }

    public boolean containsKey(Key key) {
        return map.containsKey(key);
    }

    public void put(Key key, V value) {
        map.put(key, value);
        recordPut(key, value);
    }

    public boolean putIfAbsent(Key key, V value) {
        boolean isNew = map.putIfAbsent(key, value) == null;
        if (isNew) {
            recordPut(key, value);
        }
        return isNew;
    }

    private void recordPut(Key key, V value) {
        if (redo != null) {
            redo.put(map, kind, key, kind.write().apply(value));
        }
    }

    public @Nullable V remove(Key key) {
        V removed = map.remove(key);
        if (redo != null && removed != null) {
            redo.remove(map, kind, key);
        }
        return removed;
    }

    public void clear() {
        map.clear();
        if (redo != null) {
            redo.clear(map, kind);
        }
    }

    public <T> Stream<T> in(KeyRange range, boolean descending, BiFunction<Key, V, T> entry) {
        return RangeScan.in(map, range, descending, entry);
    }

    public long count(KeyRange range) {
        return RangeScan.count(map, range);
    }

    public boolean isEmpty(KeyRange range) {
        return RangeScan.isEmpty(map, range);
    }

    public long size() {
        return map.sizeAsLong();
    }
}
