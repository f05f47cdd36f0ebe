/**
 * A user's view of its rooms: conversation lists, cursors (up to where messages have reached the user and are read) and
 * member lists.
 * Owns the collection {@code user_room_chat_log}.
 *
 * <p>{@link io.simpleim.conversation.Activity} and {@link io.simpleim.conversation.Cursors} write the collection behind.
 * Promises: readers on the same node see each change at once, readers on other nodes after a few seconds. A crash loses only
 * pending changes: the lists are repaired by the next message, and messages whose cursor is lost are pushed again.
 * Start with {@link io.simpleim.conversation.ConversationService}, then {@link
 * io.simpleim.conversation.ConversationState}, which merges pending and stored data for all readers.
 */
@NullMarked
package io.simpleim.conversation;

import org.jspecify.annotations.NullMarked;
