/** What a measured window is: operations, time, CPU and memory of the server, of the client, and of everybody else. */
@NullMarked
package io.simpleim.bench.measure;

import org.jspecify.annotations.NullMarked;
