package io.simpleim.ws;

import io.simpleim.api.HandshakePrincipal;
import io.simpleim.api.Language;
import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.chat.SendRequest;
import io.simpleim.dispatch.Sender;
import io.simpleim.model.Session;
import io.simpleim.push.Connection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code WS /rm/room/room_message}: sends to rooms; each frame is answered with the envelope. Pushes nothing. */
public final class RoomMessageEndpoint extends FrameEndpoint {
    private final WsContext context;

    public RoomMessageEndpoint(WsContext context) {
        super(context);
        this.context = context;
    }

    @Override
    void opened(Connection connection, jakarta.websocket.Session session) {
        context.hub().addSender(connection);
    }

    @Override
    void left(Connection connection) {
        // Nothing was pushed to it: nobody looks for its user here because of it.
    }

    @Override
    Map<String, @Nullable Object> answer(
            HandshakePrincipal caller, Connection connection, Map<String, @Nullable Object> frame) {
        Map<String, @Nullable Object> answer = send(caller, () -> send(caller.session(), new Params(frame)));
        putRef(answer, frame);
        return answer;
    }

    @Override
    String operation(Map<String, @Nullable Object> frame) {
        return "room_message";
    }

    @Override
    Map<String, @Nullable Object> refuse(Language language, RequestRejected reason) {
        return failed(language, reason, "");
    }

    /** The client's listening connection, which has the same session, counts as the sender's own. */
    private Reply send(Session session, Params params) {
        context.logins().requireNotBanned(session.userId());
        Sender sender = Sender.ofSession(session.userId(), session.id());
        String roomId = params.required("room_id");
        SendRequest send = SendRequest.of(params, context.maxMessageBytes());
        return new Reply("room_message", context.messages().toRoom(sender, roomId, send));
    }
}
