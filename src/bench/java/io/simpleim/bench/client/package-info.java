/**
 * A client that costs little, since it shares the machine with the server that it measures: one thread, one selector,
 * requests that are built beforehand, answers that are scanned and not parsed.
 */
@NullMarked
package io.simpleim.bench.client;

import org.jspecify.annotations.NullMarked;
