/** Clients that send one request after the other, and those who listen. */
@NullMarked
package io.simpleim.bench.load;

import org.jspecify.annotations.NullMarked;
