/**
 * The use cases around messages: sending them and reading a room's history. Start with {@link
 * io.simpleim.chat.MessageService}.
 */
@NullMarked
package io.simpleim.chat;

import org.jspecify.annotations.NullMarked;
