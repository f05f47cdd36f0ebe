/**
 * The file of the store: commands change maps in memory, {@link io.simpleim.standalone.store.file.GroupCommit} makes
 * them durable through the redo log, and checkpoints write the changed pages. Start with {@link
 * io.simpleim.standalone.store.file.StoreFile}.
 *
 * <h2>The file</h2>
 *
 * Format 2, an MVStore with the maps
 *
 * <pre>
 * about                                   format → 2; log → number of the first log to replay, absent if closed cleanly
 * data.&lt;database&gt;.&lt;collection&gt;            id → BSON
 * index.&lt;database&gt;.&lt;collection&gt;$&lt;index&gt;   unique: values → id;  other: values, id → length of the values
 * </pre>
 *
 * <p>A file of format 1, which had no logs, is converted to format 2 when it is opened. An index that is missing is
 * built again.
 *
 * <h2>When pages are written</h2>
 *
 * <p>A checkpoint starts at 64 MB of log, or when changed pages fill a sixteenth of the heap, or after 10 s. A page
 * that many commands touch is then written once for all of them. Commands wait for the disk only if twice as much has
 * accumulated. The MVStore is not committed for each command because it would write every touched page of every map:
 * with four maps, about 10 pages per message.
 *
 * <p>Space that a checkpoint frees is used by the next one. Each checkpoint also moves what is left in mostly dead
 * chunks, so the file stops growing; it seldom shrinks. 100,000 messages, each a document in two collections with an
 * index of its own, written in durable batches of 100, took 70 to 90 MB including the log.
 *
 * <p>If the disk fails, for example because it is full, writes are refused until the server is restarted. It then opens
 * with all acknowledged writes.
 */
@NullMarked
package io.simpleim.standalone.store.file;

import org.jspecify.annotations.NullMarked;
