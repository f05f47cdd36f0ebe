package io.simpleim.http.room;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.room.RoomService;
import java.util.Map;

/** {@code POST /rm/room/create_room}: the caller becomes host and member of a new room. */
public final class CreateRoomServlet extends JsonServlet {
    private final transient RoomService rooms;

    public CreateRoomServlet(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    protected Reply handle(RequestContext context) {
        String name = context.params().roomName().orElse("");
        String roomId = rooms.create(context.session().userId(), name);
        // The only published member in camelCase.
        return new Reply("create_room", Map.of("roomId", roomId));
    }
}
