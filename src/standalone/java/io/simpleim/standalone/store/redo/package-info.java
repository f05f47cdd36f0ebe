/**
 * The redo logs beside the store's file, {@code <file>.redo-<number>}: everything that was put and removed since the
 * last checkpoint. A write is durable when its log is forced. The logs exist while the server runs or after it was
 * killed, and belong to the file: one cannot be restored without the other.
 *
 * <p>{@link io.simpleim.standalone.store.redo.RedoWriter} writes them: changes are collected in a {@link
 * io.simpleim.standalone.store.redo.RedoBuffer} and appended to a {@code RedoLog}. {@link
 * io.simpleim.standalone.store.redo.RedoLogs} replays them when the store is opened. A log that is missing, or damaged
 * before its end, is refused with an error that names it.
 */
@NullMarked
package io.simpleim.standalone.store.redo;

import org.jspecify.annotations.NullMarked;
