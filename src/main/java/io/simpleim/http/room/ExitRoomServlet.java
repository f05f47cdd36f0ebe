package io.simpleim.http.room;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.room.RoomService;

/** {@code POST /rm/room/exit_room}: the caller leaves a room. */
public final class ExitRoomServlet extends JsonServlet {
    private final transient RoomService rooms;

    public ExitRoomServlet(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    protected Reply handle(RequestContext context) {
        rooms.exit(context.session().userId(), context.params().required("room_id"));
        return Reply.done("exit_room");
    }
}
