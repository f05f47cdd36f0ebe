/** Measures the server: what a message costs, how many go through, and whether all of them arrive. */
@NullMarked
package io.simpleim.bench;

import org.jspecify.annotations.NullMarked;
