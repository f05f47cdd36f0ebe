/**
 * Decides whether this node accepts a request, a connection or a message now: availability, rates per user or address, and
 * the number of connections. Owns no stored state; all counts are local to this node. Start with {@link
 * io.simpleim.admission.Availability} and {@link io.simpleim.admission.RateLimiter}.
 */
@NullMarked
package io.simpleim.admission;

import org.jspecify.annotations.NullMarked;
