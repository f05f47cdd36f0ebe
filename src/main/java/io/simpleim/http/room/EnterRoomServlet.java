package io.simpleim.http.room;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.room.RoomService;

/** {@code POST /rm/room/enter_room}: the caller becomes a member of a room. */
public final class EnterRoomServlet extends JsonServlet {
    private final transient RoomService rooms;

    public EnterRoomServlet(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    protected Reply handle(RequestContext context) {
        rooms.enter(context.session().userId(), context.params().required("room_id"));
        return Reply.done("enter_room");
    }
}
