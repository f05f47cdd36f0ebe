/**
 * A cheap client, because it shares the machine with the measured server: one thread, one selector, prebuilt requests,
 * and answers that are scanned instead of parsed. Start with {@link io.simpleim.bench.client.EventLoop}.
 */
@NullMarked
package io.simpleim.bench.client;

import org.jspecify.annotations.NullMarked;
