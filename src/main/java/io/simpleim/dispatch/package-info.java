/**
 * The way of a stored message or an event to its room's members: to the feeds of this node, and as a cluster message to
 * other nodes.
 *
 * <p>Start with {@link io.simpleim.dispatch.Dispatcher}, which never waits. {@link io.simpleim.dispatch.StoredGapSource} is
 * the other direction: it reads from the store what a feed did not get.
 */
@NullMarked
package io.simpleim.dispatch;

import org.jspecify.annotations.NullMarked;
