/**
 * Building blocks for long-running work: named threads, periodic tasks that survive their failures, pauses between
 * retries, and maps of bounded size.
 */
@NullMarked
package io.simpleim.concurrent;

import org.jspecify.annotations.NullMarked;
