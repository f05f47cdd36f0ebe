/**
 * What this node knows of the cluster and of itself in it: the nodes that are alive, its own incarnation, and since
 * when its stream may have missed messages. State only: {@link io.simpleim.cluster.Heartbeat} and {@link
 * io.simpleim.cluster.Inbox} keep it up to date.
 *
 * <p>Start with {@link io.simpleim.cluster.membership.ClusterState}. All parts are thread-safe, and Redis is queried
 * under no lock. Lock order: {@link io.simpleim.cluster.membership.Incarnation}, then {@link
 * io.simpleim.cluster.membership.StreamContinuity}; {@link io.simpleim.cluster.membership.OtherNodes} is always taken
 * alone.
 */
@NullMarked
package io.simpleim.cluster.membership;

import org.jspecify.annotations.NullMarked;
