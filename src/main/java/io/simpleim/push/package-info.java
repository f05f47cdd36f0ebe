/**
 * The connections of this node and what is pushed to them. Knows no WebSocket session: a {@link
 * io.simpleim.push.Transport} stands for it.
 */
@NullMarked
package io.simpleim.push;

import org.jspecify.annotations.NullMarked;
