package io.simpleim.standalone.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where to look for the documents of a query: they are all at these positions, with others among them.
 *
 * @param sorted whether the positions come in the order that the query asks for
 */
record Plan(SortedIndex index, List<KeyRange> ranges, boolean sorted, boolean descending) {

    Stream<Key> positions() {
        // Of a flat-mapped stream the one below would take a whole range into memory before it gives its first.
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
