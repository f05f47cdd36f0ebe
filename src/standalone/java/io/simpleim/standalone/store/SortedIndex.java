package io.simpleim.standalone.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the {@link Planner} sees of an index: keys that begin with the encoded values of the fields, in order.
 *
 * <p>Documents that cannot be put in order, because a field holds an array or a type whose bytes have no order, are kept
 * aside. They belong to every answer of this index as candidates; the caller holds each against the query anyway.
 * Reads are thread-safe and see a snapshot of the map.
 */
interface SortedIndex {
    List<String> fields();

    /** Whether a document without a value for this field may be missing from the index. */
    boolean isPartial();

    /** The positions of the documents in a range, lazily. */
    Stream<Key> positions(KeyRange range, boolean descending);

    /** How many entries a range holds; costs two look-ups, whatever the answer. */
    long count(KeyRange range);

    /** The positions of the documents kept aside. */
    Stream<Key> unordered();

    boolean hasUnordered();

    /** Forgets what a failed build has left, which the next attempt would take for a complete index. */
    void clear();
}
