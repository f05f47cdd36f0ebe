/**
 * The embedded stores of the standalone server: {@link io.simpleim.standalone.store.EmbeddedMongo}, which speaks
 * MongoDB's protocol over one file or in memory, and {@link io.simpleim.standalone.store.EmbeddedRedis}, a real Redis
 * as a child process. The WAR contains neither.
 *
 * <h2>MongoDB's protocol</h2>
 *
 * The library mongo-java-server provides the protocol, the commands, the operators and the rules of uniqueness. Its own
 * storage is replaced because it acknowledges writes before they are on the disk, reads the whole collection for most
 * queries, and lets one thread encode a document while another changes it. The replacement, from top to bottom:
 *
 * <pre>
 * StoredBackend      runs a command; waits for the disk if the write concern asks for it
 * StoredDatabase     names of the maps
 * StoredCollection   documents; queries without a lock
 * index              indexes, and the planner that chooses one for a query
 * file               the MVStore file: durable commands, group commit, checkpoints
 * redo               the logs of changes since the last checkpoint
 * key                values as bytes in MongoDB's order
 * </pre>
 *
 * <h2>Guarantees</h2>
 *
 * <ul>
 *   <li>A write with {@code j: true} or {@code w: "majority"} is answered after it is synced to the disk, or with an
 *       error saying that it may not be. Other writes reach the disk within 100 ms.
 *   <li>After a kill -9 the store opens with all writes that were acknowledged as durable. Only the last commands can
 *       be missing: always whole commands, and never a document without its index entries.
 *   <li>A reader that runs beside writers sees each document as a whole, but not several documents as of one moment. A
 *       document whose keys in a <em>unique</em> index are being changed may be missed through that index.
 * </ul>
 *
 * <h2>Redis</h2>
 *
 * Redis holds only data that can be rebuilt, so it has no persistence. A shutdown hook ends it with the JVM.
 */
@NullMarked
package io.simpleim.standalone.store;

import org.jspecify.annotations.NullMarked;
