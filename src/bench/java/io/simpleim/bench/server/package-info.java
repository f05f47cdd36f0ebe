/**
 * What is measured, each in a process of its own: the server over embedded stores, and the bare parts that it stands on.
 * A process takes commands on its standard input and ends with it, so that none outlives the benchmark.
 */
@NullMarked
package io.simpleim.bench.server;

import org.jspecify.annotations.NullMarked;
