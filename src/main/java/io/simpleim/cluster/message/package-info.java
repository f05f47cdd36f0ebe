/**
 * Everything that nodes send to each other, and how it is encoded in the streams.
 *
 * <p>Start with {@link io.simpleim.cluster.message.ClusterMessage}. A new kind is one record that implements it and one
 * line in {@link io.simpleim.cluster.message.ClusterMessageKind}; a new action of the receiving node is a method of
 * {@link io.simpleim.cluster.message.ClusterMessageHandler}. Nodes of different versions run side by side during an
 * upgrade, so existing members keep their names and meaning, and unknown kinds and members are skipped.
 */
@NullMarked
package io.simpleim.cluster.message;

import org.jspecify.annotations.NullMarked;
