/**
 * Passes stored messages and events on to the members of a room: to the feeds of this node, and as cluster messages to other
 * nodes. Owns no stored state.
 *
 * <p>Start with {@link io.simpleim.dispatch.Dispatcher}. Dispatching never waits; {@link io.simpleim.dispatch.Sender}
 * identifies the connection that is skipped because the message came from it.
 */
@NullMarked
package io.simpleim.dispatch;

import org.jspecify.annotations.NullMarked;
