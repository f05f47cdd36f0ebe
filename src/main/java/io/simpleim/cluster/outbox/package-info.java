/**
 * The path of cluster messages to the streams of other nodes: they are queued, addressed, packed and written in
 * batches.
 *
 * <p>Start with {@link io.simpleim.cluster.outbox.Outbox}, the only class that other packages use. Publishing never
 * waits and never fails; when Redis is away, a catch-up is owed instead of the messages.
 */
@NullMarked
package io.simpleim.cluster.outbox;

import org.jspecify.annotations.NullMarked;
