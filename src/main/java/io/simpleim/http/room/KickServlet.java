package io.simpleim.http.room;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.room.RoomService;

/** {@code POST /rm/room/kick_out_room}: the host removes a member. */
public final class KickServlet extends JsonServlet {
    private final transient RoomService rooms;

    public KickServlet(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    protected Reply handle(RequestContext context) {
        String roomId = context.params().required("room_id");
        String userId = context.params().userId("user_id");
        rooms.kick(context.session().userId(), roomId, userId);
        return Reply.done("kick_out_room");
    }
}
