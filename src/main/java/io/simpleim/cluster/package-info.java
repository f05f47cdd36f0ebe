/**
 * The node as one of several: how it becomes known to other nodes, and the streams in Redis through which nodes send
 * each other {@linkplain io.simpleim.cluster.message cluster messages}.
 *
 * <p>Start with {@link io.simpleim.cluster.ClusterPublisher}, which services use to send, and {@link
 * io.simpleim.cluster.ClusterReceiver}, which calls them for what arrives. The first holds the {@linkplain
 * io.simpleim.cluster.membership state} and the {@linkplain io.simpleim.cluster.outbox outbox}. The second reads the
 * {@link io.simpleim.cluster.Inbox}, and updates the state with its {@link io.simpleim.cluster.Heartbeat}; {@link
 * io.simpleim.cluster.CatchUpTrigger} requests a catch-up when messages may have been missed.
 *
 * <p>Promises: publishing never waits and never fails; messages of one node arrive in order, at most once; a node that
 * may have missed some catches up from the store. Redis is never queried under a lock, except that {@link
 * io.simpleim.cluster.Presence} has a lock for its writes. Where two locks are held, the class that takes the first one
 * states the order.
 */
@NullMarked
package io.simpleim.cluster;

import org.jspecify.annotations.NullMarked;
