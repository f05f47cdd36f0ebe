/** Threads and periodic work: named threads and tasks that log their failures instead of ending. */
@NullMarked
package io.simpleim.concurrent;

import org.jspecify.annotations.NullMarked;
