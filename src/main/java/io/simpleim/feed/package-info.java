/**
 * The feeds of rooms: the push pipeline from a stored or announced message to the connections of the members on this
 * node. Owns the order of a stream, the loading of gaps, the fan-out, and back pressure on senders. Promise: each
 * stream is pushed in the order of its numbers, each message once, and pushing never waits for a receiver.
 *
 * <p>Start with {@link io.simpleim.feed.RoomFeeds}, then {@link io.simpleim.feed.RoomFeed}: its {@link
 * io.simpleim.feed.FeedQueue} holds what waits, its {@link io.simpleim.feed.RoomOrder} sorts it, the {@link
 * io.simpleim.feed.GapLoader} finds what is missing, and the {@link io.simpleim.feed.FanOut} writes it to connections.
 */
@NullMarked
package io.simpleim.feed;

import org.jspecify.annotations.NullMarked;
