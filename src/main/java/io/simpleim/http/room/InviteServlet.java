package io.simpleim.http.room;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.room.RoomService;

/** {@code POST /rm/room/invite_user_enter_room}: the host adds a user to the room. */
public final class InviteServlet extends JsonServlet {
    private final transient RoomService rooms;

    public InviteServlet(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    protected Reply handle(RequestContext context) {
        String roomId = context.params().required("room_id");
        String userId = context.params().userId("invite_user_id");
        rooms.invite(context.session().userId(), roomId, userId);
        return Reply.done("invite_user_enter_room");
    }
}
