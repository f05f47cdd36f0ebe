/**
 * The push pipeline of a room on this node: puts messages in order, fills gaps from the store, and fans out to the
 * connections of the members. Each room's messages are pushed in the order of their numbers, each once. Start with {@link
 * io.simpleim.feed.RoomFeeds}, then {@link io.simpleim.feed.RoomFeed}.
 */
@NullMarked
package io.simpleim.feed;

import org.jspecify.annotations.NullMarked;
