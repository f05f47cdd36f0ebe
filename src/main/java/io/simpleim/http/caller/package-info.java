/**
 * Evidence about the caller of a request: its address, its origin, proxies in between and the token that it presents.
 *
 * <p>Only reads headers and addresses; filters decide what follows. Start with {@link
 * io.simpleim.http.caller.PresentedToken}, and with {@link io.simpleim.http.caller.LocalCaller} for protected mode.
 */
@NullMarked
package io.simpleim.http.caller;

import org.jspecify.annotations.NullMarked;
