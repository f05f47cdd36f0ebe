package io.simpleim.http.user;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.session.SessionService;

/** {@code GET /u/user/get_session_list}: where the caller is logged in. */
public final class OwnSessionListServlet extends JsonServlet {
    private final transient SessionService sessions;

    public OwnSessionListServlet(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected Reply handle(RequestContext context) {
        return new Reply("get_session_list", sessions.listOwn(context.session()));
    }
}
