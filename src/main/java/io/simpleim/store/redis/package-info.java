/**
 * Messages between nodes and the locations of connected users, in Redis. All of it may be lost at any moment: the durable
 * data is in MongoDB. The only package that uses jedis.
 *
 * <pre>
 * im:nodes               set: ids of all nodes; if its key im:node:{ID} is missing, a node is dead and gets cleaned up
 * im:node:{ID}           string: description of the node, for operators; expires after 8 s unless renewed
 * im:node:{ID}:users     set: ids of the users connected to the node; no TTL
 * im:node:{ID}:stream    stream: messages to the node that it has not read, with id N-0 and the field news; about 10,000
 *                        entries at most; no TTL
 * im:node:{ID}:count     string: N of the last entry; while it exists, the stream accepts entries; no TTL
 * im:node:{ID}:cleaner   string: id of the node that cleans up after this one; expires after 30 s
 * im:user:USER           set: ids of the nodes that the user is connected to; no TTL
 * </pre>
 *
 * <p>An id stands for one incarnation of a node: a node that was declared dead, or finds its key missing, continues under
 * a new id, so cleaning up after the old incarnation does not affect the new one. The braces place all keys of a node in
 * one slot of a Redis Cluster; no script touches keys of two nodes. Keys without a TTL are deleted by the cleanup.
 */
@NullMarked
package io.simpleim.store.redis;

import org.jspecify.annotations.NullMarked;
