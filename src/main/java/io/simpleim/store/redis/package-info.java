/**
 * What the nodes tell each other, and who is connected to which of them, over Redis. Nothing here is the record of
 * anything: MongoDB is, and all of this may be lost at any moment. The only package that knows jedis.
 *
 * <pre>
 * im:nodes               set of the ids of nodes; one without a key im:node:{…} is dead, and cleared up after
 * im:node:{ID}           string, for operators: what the node is; expires after 8 s unless written again
 * im:node:{ID}:users     set of the ids of users who are connected to the node
 * im:node:{ID}:stream    stream of what the node is told and has not read: id N-0, field news; 10,000 entries at the most,
 *                        about
 * im:node:{ID}:count     string: the N of the last entry; there is a stream to add to while it is there
 * im:node:{ID}:cleaner   string: the node that clears up after this one; expires after 30 s
 * im:user:USER           set of the ids of the nodes to which the user is connected
 * </pre>
 *
 * <p>A node's id is of one incarnation: a node that was taken for dead, or finds its key gone, goes on under another one,
 * so that whoever clears up after the old one takes nothing from the new one. The braces put all keys of a node into one
 * slot of a Redis Cluster; no script touches keys of two.
 */
@NullMarked
package io.simpleim.store.redis;

import org.jspecify.annotations.NullMarked;
