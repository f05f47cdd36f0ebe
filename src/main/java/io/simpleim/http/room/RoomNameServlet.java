package io.simpleim.http.room;

import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.room.RoomNameService;

/** {@code POST /rm/room/set_room_name}: the host renames the room. */
public final class RoomNameServlet extends JsonServlet {
    private final transient RoomNameService names;

    public RoomNameServlet(RoomNameService names) {
        this.names = names;
    }

    @Override
    protected Reply handle(RequestContext context) {
        String roomId = context.params().required("room_id");
        String name = context.params().roomName().orElseThrow(() -> RequestRejected.missing("name"));
        names.rename(context.session().userId(), roomId, name);
        return Reply.done("set_room_name");
    }
}
