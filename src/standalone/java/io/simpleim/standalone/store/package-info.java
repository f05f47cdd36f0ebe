/**
 * The stores that the standalone server brings along: {@link io.simpleim.standalone.store.EmbeddedMongo}, MongoDB's
 * protocol over one file or in memory, and {@link io.simpleim.standalone.store.EmbeddedRedis}, a real Redis as a child
 * process. The WAR has none of this.
 *
 * <h2>MongoDB's protocol</h2>
 *
 * The library mongo-java-server speaks the protocol and knows the commands, the operators and what unique means. Its own
 * storage is replaced, because it acknowledges writes before they are on the disk, reads the whole collection for most
 * queries, and lets one thread encode a document while another changes it. What is here instead, from top to bottom:
 *
 * <pre>
 * StoredBackend     a command; waits for the disk if the write concern says so
 *   GroupCommit     one commit for all that wait
 *   StoreFile       the MVStore, and that every version in it holds whole commands
 * StoredDatabase    names of the maps
 * StoredCollection  documents, queries without a lock
 *   Planner         Condition, Plan: which index, which ranges of it
 *   SortedIndex     PrimaryIndex, UniqueIndex, OrderedIndex
 * KeyWriter         values as bytes in MongoDB's order; Key, KeyType, KeyRange, Entries
 * </pre>
 *
 * <h2>What is promised</h2>
 *
 * <ul>
 *   <li>A write with {@code j: true} or {@code w: "majority"} is answered when it is synced to the disk, or with an error
 *       that says it may not be. Others reach the disk within 100 ms.
 *   <li>After a kill -9 the file opens with all that was acknowledged so. What is missing is the end: whole commands,
 *       never one without those before it, and no document without its index entries.
 *   <li>A query does not scan if it demands values for the first fields of an index ({@code $eq}, {@code $in}, also under
 *       {@code $and}), or a range of the field after those; and a sort by the fields after those reads only as far as
 *       the limit, if all go the same way. Any other query, {@code $or} for one, is a scan; it blocks nobody.
 *   <li>An answer is the same with and without an index. Documents with an array, an embedded document or a decimal in an
 *       indexed field are kept beside the index, and looked at in every query that uses it.
 *   <li>Whoever reads while others write sees each document as a whole, but not several as of one moment. A document whose
 *       keys in a <em>unique</em> index are just being changed may be missed through that index.
 * </ul>
 *
 * <h2>The file</h2>
 *
 * Format 1, an MVStore with the maps
 *
 * <pre>
 * about                                   format → 1
 * data.&lt;database&gt;.&lt;collection&gt;            id → BSON
 * index.&lt;database&gt;.&lt;collection&gt;$&lt;index&gt;   unique: values → id;  other: values, id → length of the values
 * </pre>
 *
 * <p>An index that is missing is built again when the file is opened. Space that a commit has freed is used by the next
 * one, and once a second what is left in mostly dead chunks is moved, so the file levels out; it seldom shrinks. Writing
 * all over the keys makes it several times as large as its contents: 200,000 messages of 0.3 KB with three indexes, written
 * in durable batches of 100, took 680 MB, and no more after 20,000 further updates.
 *
 * <p>If a commit fails, say because the disk is full, MVStore closes itself and every command fails until the server is
 * started again.
 *
 * <h2>Redis</h2>
 *
 * It holds nothing that cannot be had again, so it has no persistence. It ends with the JVM by a shutdown hook.
 */
@NullMarked
package io.simpleim.standalone.store;

import org.jspecify.annotations.NullMarked;
