/**
 * A user's view of its rooms: conversation lists, cursors (what has reached the user and what is read) and member lists.
 * Owns the collection {@code user_room_chat_log}, which is written behind: readers on this node also see what is pending.
 * Start with {@link io.simpleim.conversation.ConversationService} and {@link io.simpleim.conversation.Cursors}.
 */
@NullMarked
package io.simpleim.conversation;

import org.jspecify.annotations.NullMarked;
