package io.simpleim.http.user;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.session.SessionService;
import java.util.Map;

/** {@code POST /user/end_sessions}: ends all sessions of a user, or one of them, for a partner's back end. */
public final class EndSessionsServlet extends JsonServlet {
    private final transient SessionService sessions;

    public EndSessionsServlet(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Params params = context.params();
        int ended = sessions.end(params.userId("user_id"), params.sessionId());
        return new Reply("end_sessions", Map.of("ended", ended));
    }
}
