/**
 * Indexes and queries. {@link io.simpleim.standalone.store.index.Planner} chooses the {@link
 * io.simpleim.standalone.store.index.SortedIndex} for a query and the key ranges to read.
 *
 * <ul>
 *   <li>A query uses an index if it demands values for the index's first fields ({@code $eq}, {@code $in}, also under
 *       {@code $and}), or a range of the field after those. A sort by the fields after those, all in one direction,
 *       reads only as far as the limit. Any other query, such as {@code $or}, is a scan, which blocks nobody.
 *   <li>A query has the same answer with and without an index. Documents with an array, an embedded document or a
 *       decimal in an indexed field are kept aside and checked by every query that uses the index.
 * </ul>
 */
@NullMarked
package io.simpleim.standalone.store.index;

import org.jspecify.annotations.NullMarked;
