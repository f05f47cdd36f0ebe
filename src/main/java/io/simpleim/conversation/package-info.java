/**
 * A user's view of its rooms: conversation lists, cursors (what has reached the user and what is read) and member lists.
 * Owns the collection {@code user_room_chat_log}.
 *
 * <p>{@link io.simpleim.conversation.Activity} and {@link io.simpleim.conversation.Cursors} write the collection behind.
 * Promises: readers on the same node see each change at once, readers on other nodes after a few seconds; a crash loses at
 * most pending changes, which are derived. Start with {@link io.simpleim.conversation.ConversationService}, then {@link
 * io.simpleim.conversation.ConversationState}, which merges pending and stored data for all readers.
 */
@NullMarked
package io.simpleim.conversation;

import org.jspecify.annotations.NullMarked;
