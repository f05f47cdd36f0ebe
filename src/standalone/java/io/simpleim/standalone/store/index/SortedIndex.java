package io.simpleim.standalone.store.index;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@link Planner}'s view of an index: keys that begin with the encoded values of the fields, in order.
 *
 * <p>Documents that cannot be ordered, because a field holds an array or a type without byte order, are kept aside.
 * They are candidates for every query that uses the index; the caller matches each document against the query anyway.
 * Reads are thread-safe and see a snapshot of the map.
 */
public interface SortedIndex {
    List<String> fields();

    /** Whether a document without a value for this field may be missing from the index. */
    boolean isPartial();

    /** The positions of the documents in a range, lazily. */
    Stream<Key> positions(KeyRange range, boolean descending);

    /** Number of entries in a range. Takes two look-ups, however large it is. */
    long count(KeyRange range);

    /** The positions of the documents that are kept aside. */
    Stream<Key> unordered();

    boolean hasUnordered();

    /** Removes the remains of a failed build, which the next attempt would take for a complete index. */
    void clear();
}
