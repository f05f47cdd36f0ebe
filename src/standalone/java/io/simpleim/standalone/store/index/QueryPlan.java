package io.simpleim.standalone.store.index;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import java.util.List;
import java.util.stream.Stream;

/**
 * The key ranges that contain all documents of a query, and possibly others.
 *
 * @param sorted whether the positions have the order of the query
 */
public record QueryPlan(SortedIndex index, List<KeyRange> ranges, boolean sorted, boolean descending) {

    public Stream<Key> positions() {
        // Concatenating a flat-mapped stream would buffer a whole range before its first element.
        Stream<Key> found = ranges.size() == 1
                ? index.positions(ranges.get(0), descending)
                : ranges.stream().flatMap(range -> index.positions(range, descending));
        // A document may have several entries, or two while an update moves it.
        return Stream.concat(found, index.unordered()).distinct();
    }

    long count() {
        return ranges.stream().mapToLong(index::count).sum();
    }
}
