package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.chat.MessageService;
import io.simpleim.dispatch.Sender;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.model.SendRequest;
import io.simpleim.model.Session;

/** {@code POST /rm/room/single_message}: sends to one user. */
public final class SingleMessageServlet extends JsonServlet {
    private final transient MessageService messages;

    public SingleMessageServlet(MessageService messages) {
        this.messages = messages;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Params params = context.params();
        Session session = context.session();
        String toUserId = params.userId("to_user_id");
        SendRequest send = params.sendRequest();
        Sender sender = Sender.ofSession(session.userId(), session.id());
        return new Reply("single_message", messages.toUser(sender, toUserId, send));
    }
}
