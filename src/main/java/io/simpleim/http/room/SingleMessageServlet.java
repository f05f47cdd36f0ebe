package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.chat.MessageService;
import io.simpleim.chat.SendRequest;
import io.simpleim.dispatch.Sender;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.model.Session;

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
        SendRequest send = SendRequest.of(params, maxMessageBytes);
        Sender sender = Sender.ofSession(session.userId(), session.id());
        return new Reply("single_message", messages.toUser(sender, toUserId, send));
    }
}
