/**
 * Rooms, their members, hosts and names. Owns the collections {@code room} and {@code user_room}; the memberships are the
 * truth, and everything else in a room follows from them. Start with {@link io.simpleim.room.RoomService}.
 */
@NullMarked
package io.simpleim.room;

import org.jspecify.annotations.NullMarked;
