package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.chat.MessageService;
import io.simpleim.dispatch.Sender;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.model.SendRequest;
import io.simpleim.model.Session;

/** {@code POST /rm/room/room_message}: sends to the members of a room. */
public final class RoomMessageServlet extends JsonServlet {
    private final transient MessageService messages;

    public RoomMessageServlet(MessageService messages) {
        this.messages = messages;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Params params = context.params();
        Session session = context.session();
        String roomId = params.required("room_id");
        SendRequest send = params.sendRequest();
        Sender sender = Sender.ofSession(session.userId(), session.id());
        return new Reply("room_message", messages.toRoom(sender, roomId, send));
    }
}
