/**
 * Load on a server: senders with one pending request each, and the runs that measure them. Start with {@link
 * io.simpleim.bench.load.Load}.
 */
@NullMarked
package io.simpleim.bench.load;

import org.jspecify.annotations.NullMarked;
