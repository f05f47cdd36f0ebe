package io.simpleim.standalone.store.file;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** Reads and counts ranges of a map. */
final class RangeScan {
    private RangeScan() {}

    static <V, T> Stream<T> in(MVMap<Key, V> map, KeyRange range, boolean descending, BiFunction<Key, V, T> entry) {
        Cursor<Key, V> cursor =
                descending ? map.cursor(range.to(), range.from(), true) : map.cursor(range.from(), range.to(), false);
        var each = new Spliterators.AbstractSpliterator<T>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
            @Override
            public boolean tryAdvance(Consumer<? super T> action) {
                if (!cursor.hasNext()) {
                    return false;
                }
                Key key = cursor.next();
                action.accept(entry.apply(key, cursor.getValue()));
                return true;
            }
        };
        return StreamSupport.stream(each, false);
    }

    static long count(MVMap<Key, ?> map, KeyRange range) {
        return Math.max(0, rank(map, range.to()) - rank(map, range.from()));
    }

    static boolean isEmpty(MVMap<Key, ?> map, KeyRange range) {
        Key first = map.ceilingKey(range.from());
        return first == null || first.compareTo(range.to()) > 0;
    }

    /** Number of keys below this one. */
    private static long rank(MVMap<Key, ?> map, Key key) {
        long index = map.getKeyIndex(key);
        return index >= 0 ? index : -index - 1;
    }
}
