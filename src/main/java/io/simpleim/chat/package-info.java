/**
 * The use cases around messages: sending them ({@link io.simpleim.chat.MessageService}, the place to start) and reading a
 * room's history ({@link io.simpleim.chat.HistoryService}). Owns no stored state.
 *
 * <p>Promises: a send returns only when its message is durable, and a sender cannot write to a room faster than the room can
 * be pushed.
 */
@NullMarked
package io.simpleim.chat;

import org.jspecify.annotations.NullMarked;
