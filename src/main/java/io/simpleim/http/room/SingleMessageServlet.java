package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.model.Session;
import io.simpleim.service.MessageService;
import io.simpleim.service.Send;
import io.simpleim.service.Sender;

/** {@code POST /rm/room/single_message}: sends to one user. */
public final class SingleMessageServlet extends JsonServlet {
    private final transient MessageService messages;
    private final int maxMessageBytes;

    public SingleMessageServlet(MessageService messages, int maxMessageBytes) {
        this.messages = messages;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Params params = context.params();
        Session session = context.session();
        String toUserId = params.userId("to_user_id");
        Send send = Send.of(params, maxMessageBytes);
        Sender sender = Sender.ofSession(session.userId(), session.id());
        return new Reply("single_message", messages.toUser(sender, toUserId, send));
    }
}
