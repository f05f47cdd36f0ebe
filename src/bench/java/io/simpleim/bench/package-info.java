/** The benchmark: measures cost per message, throughput and whether every message arrives. */
@NullMarked
package io.simpleim.bench;

import org.jspecify.annotations.NullMarked;
