/**
 * The measured programs, each in a process of its own: the server over embedded stores, and its bare components. A
 * process reads commands from its standard input and exits when that ends, so none outlives the benchmark. Start with
 * {@link io.simpleim.bench.server.ServerProcess}.
 */
@NullMarked
package io.simpleim.bench.server;

import org.jspecify.annotations.NullMarked;
