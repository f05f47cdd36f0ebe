/** Measurement windows: operations, time, CPU and memory of the server, the client and the rest of the machine. */
@NullMarked
package io.simpleim.bench.measure;

import org.jspecify.annotations.NullMarked;
