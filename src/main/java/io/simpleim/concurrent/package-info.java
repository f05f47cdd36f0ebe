/**
 * Small building blocks for threads: named threads, tasks that log their failures instead of ending, and permits that
 * are counted per key.
 */
@NullMarked
package io.simpleim.concurrent;

import org.jspecify.annotations.NullMarked;
