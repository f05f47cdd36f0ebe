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
 *   StoreFile       the MVStore and its logs; that both hold whole commands
 *     Redo          the log that is being written: RedoBuffer, RedoLog, LogFile; opening reads it: RedoLogs, RedoReplay
 *     Checkpoints   when the pages are written
 * StoredDatabase    names of the maps
 * StoredCollection  documents, queries without a lock; StoredMap notes what changes for the log
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
 *   <li>After a kill -9 the store opens with all that was acknowledged so. What is missing is the end: whole commands,
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
 * Format 2, an MVStore with the maps
 *
 * <pre>
 * about                                   format → 2; log → the number of the log that goes on from here, unless closed
 * data.&lt;database&gt;.&lt;collection&gt;            id → BSON
 * index.&lt;database&gt;.&lt;collection&gt;$&lt;index&gt;   unique: values → id;  other: values, id → length of the values
 * </pre>
 *
 * <p>Beside it, while the server runs or after it was killed, the logs {@code <file>.redo-<number>} ({@link
 * io.simpleim.standalone.store.RedoLog}): what was put and removed since the last checkpoint. They belong to the file, and
 * a copy of one without the other is none. A file of format 1, which had no logs, becomes one of format 2 when it is opened.
 *
 * <p>A write is durable when its log is forced, once for all who wait. The pages are written at 64 MB of log, or a
 * sixteenth of the heap in changed pages, or after 10 s: a page that many commands touch is written once for all of them.
 * Commands wait for the disk only if twice as much has come together. Why not commit the MVStore each time: it writes
 * every touched page of every map, and with four maps that came to some 10 pages for a message.
 *
 * <p>An index that is missing is built again when the file is opened. Space that a checkpoint has freed is used by the
 * next one, and with each what is left in mostly dead chunks is moved, so the file levels out; it seldom shrinks. 100,000
 * messages, each a document in two collections with an index of its own, written in durable batches of 100, took 70 to
 * 90 MB with the log.
 *
 * <p>If the disk fails, say because it is full, writes are refused until the server is started again; it opens with all
 * that was acknowledged. A log that is damaged before its end, or missing, is refused with its name.
 *
 * <h2>Redis</h2>
 *
 * It holds nothing that cannot be had again, so it has no persistence. It ends with the JVM by a shutdown hook.
 */
@NullMarked
package io.simpleim.standalone.store;

import org.jspecify.annotations.NullMarked;
