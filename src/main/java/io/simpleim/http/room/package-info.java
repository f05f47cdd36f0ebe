/**
 * The REST calls below {@code /rm/room}: rooms, members and messages.
 *
 * <p>A servlet reads parameters, calls one service method and returns its result; the item records hold the wire names of
 * the published lists. Start with {@link io.simpleim.http.room.CreateRoomServlet}.
 */
@NullMarked
package io.simpleim.http.room;

import org.jspecify.annotations.NullMarked;
