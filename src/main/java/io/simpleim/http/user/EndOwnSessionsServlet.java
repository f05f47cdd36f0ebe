package io.simpleim.http.user;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.session.SessionService;
import java.util.Map;

/** {@code POST /u/user/end_sessions}: ends all other sessions of the caller, or one session. */
public final class EndOwnSessionsServlet extends JsonServlet {
    private final transient SessionService sessions;

    public EndOwnSessionsServlet(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected Reply handle(RequestContext context) {
        int ended = sessions.endOwn(context.session(), context.params().sessionId());
        return new Reply("end_sessions", Map.of("ended", ended));
    }
}
