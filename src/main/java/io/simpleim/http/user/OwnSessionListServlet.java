package io.simpleim.http.user;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.model.Session;
import io.simpleim.session.SessionService;
import java.util.List;

/** {@code GET /u/user/get_session_list}: the sessions of the caller. */
public final class OwnSessionListServlet extends JsonServlet {
    private final transient SessionService sessions;

    public OwnSessionListServlet(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Session caller = context.session();
        List<SessionListItem> items = sessions.listOwn(caller).stream()
                .map(session -> SessionListItem.forUser(session, caller))
                .toList();
        return new Reply("get_session_list", items);
    }
}
