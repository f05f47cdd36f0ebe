/**
 * Hands stored messages and events to this node's feeds and to the other nodes. Never waits. Start with {@link
 * io.simpleim.dispatch.Dispatcher}.
 */
@NullMarked
package io.simpleim.dispatch;

import org.jspecify.annotations.NullMarked;
