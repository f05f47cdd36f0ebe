/**
 * The message log. Owns the collections {@code message} (bodies) and {@code user_message} (entries: the numbers of
 * messages), and the newest message of each room (the room head). A message's number within its room is its {@code seq}.
 *
 * <p>Promises: a message is durable before its sender is answered; a room's numbers are 1, 2, 3, … without a hole; a
 * message sent twice under one {@code client_msg_id} is stored once. Start with {@link io.simpleim.message.MessageLog},
 * then {@link io.simpleim.message.BatchStore} and {@link io.simpleim.message.Numbering}; readers start with {@link
 * io.simpleim.message.StoredMessages}.
 */
@NullMarked
package io.simpleim.message;

import org.jspecify.annotations.NullMarked;
