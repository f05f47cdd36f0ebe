/**
 * The ledger of a run: compares what was answered, stored and received, to find lost, doubled and out-of-order
 * messages. Start with {@link io.simpleim.bench.ledger.Ledger}.
 */
@NullMarked
package io.simpleim.bench.ledger;

import org.jspecify.annotations.NullMarked;
