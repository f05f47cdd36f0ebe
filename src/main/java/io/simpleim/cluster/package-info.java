/**
 * The node as one of several: which nodes are alive, which users are connected where, and the streams in Redis through which
 * nodes send each other {@linkplain io.simpleim.cluster.message cluster messages}.
 *
 * <p>Start with {@link io.simpleim.cluster.ClusterPublisher}, which services use to send, and {@link
 * io.simpleim.cluster.ClusterReceiver}, which calls them for what arrives. Between the two, {@link
 * io.simpleim.cluster.Heartbeat} keeps this node's {@link io.simpleim.cluster.Incarnation} alive, {@link
 * io.simpleim.cluster.StreamContinuity} knows since when messages may have been missed, and {@link
 * io.simpleim.cluster.CatchUpTrigger} requests the catch-up for them.
 *
 * <p>Promises: publishing never waits and never fails; messages of one node arrive in order, at most once; and a node that may
 * have missed some, its own fault or not, is told to catch up from the store. Redis is never queried under a lock but {@link
 * io.simpleim.cluster.Presence}'s write lock. Where two locks are held, the order is stated at the class that takes the first.
 */
@NullMarked
package io.simpleim.cluster;

import org.jspecify.annotations.NullMarked;
