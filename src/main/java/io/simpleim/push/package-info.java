/**
 * The connections of this node, and the frames that go to them. Owns order and bounds per connection: frames leave in
 * the order in which they were enqueued, each message of a numbered stream at most once, and a slow client does not
 * delay others. Knows no WebSocket session; {@link io.simpleim.push.Transport} stands for one.
 *
 * <p>Start with {@link io.simpleim.push.Connection}, which names the parts that a frame passes, then {@link
 * io.simpleim.push.Frame} and {@link io.simpleim.push.Hub}.
 */
@NullMarked
package io.simpleim.push;

import org.jspecify.annotations.NullMarked;
