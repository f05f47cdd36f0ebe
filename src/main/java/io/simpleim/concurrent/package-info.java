/**
 * Small building blocks for concurrent code, without knowledge of messaging: named threads and their end, executors,
 * periodic tasks, write-behind buffers, retry pauses, permits per key and bounded maps. Each class stands alone and states its own thread rules.
 */
@NullMarked
package io.simpleim.concurrent;

import org.jspecify.annotations.NullMarked;
