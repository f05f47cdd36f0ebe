/**
 * Rooms, their members, hosts and names. Owns the collections {@code room} and {@code user_room}; the memberships are
 * authoritative, and a room's member count, host and status follow from them. Start with {@link
 * io.simpleim.room.RoomService} for changes, and with {@link io.simpleim.room.RoomDirectory} for look-ups.
 */
@NullMarked
package io.simpleim.room;

import org.jspecify.annotations.NullMarked;
