/**
 * The books of a run: what was answered, what is stored and what has reached whom; whether something was lost, is there
 * twice, or came out of order.
 */
@NullMarked
package io.simpleim.bench.ledger;

import org.jspecify.annotations.NullMarked;
