package io.simpleim.http.user;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.session.SessionService;

/** {@code POST /user/get_session_list}: where a user is logged in, for the partner's back end. */
public final class SessionListServlet extends JsonServlet {
    private final transient SessionService sessions;

    public SessionListServlet(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected Reply handle(RequestContext context) {
        return new Reply("get_session_list", sessions.list(context.params().userId("user_id")));
    }
}
