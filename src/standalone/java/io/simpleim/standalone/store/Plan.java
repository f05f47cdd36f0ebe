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
        Stream<Key> found = ranges.stream().flatMap(range -> index.positions(range, descending));
        // A document may have several entries, or two while an update moves it.
        return Stream.concat(found, index.unordered()).distinct();
    }

    long count() {
        return ranges.stream().mapToLong(index::count).sum();
    }
}
