/**
 * The way of a stored message or an event to its room's members: to the feeds of this node, and as a cluster message to
 * other nodes.
 *
 * <p>Start with {@link io.simpleim.dispatch.Dispatcher}. Dispatching never waits; {@link io.simpleim.dispatch.Sender} names the
 * connection that is skipped because the message came from it.
 */
@NullMarked
package io.simpleim.dispatch;

import org.jspecify.annotations.NullMarked;
