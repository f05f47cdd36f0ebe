package io.simpleim.http.user;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.session.SessionService;
import java.util.List;

/** {@code POST /user/get_session_list}: the sessions of a user, for a partner's back end. */
public final class SessionListServlet extends JsonServlet {
    private final transient SessionService sessions;

    public SessionListServlet(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected Reply handle(RequestContext context) {
        List<SessionListItem> items = sessions.list(context.params().userId("user_id")).stream()
                .map(SessionListItem::forPartner)
                .toList();
        return new Reply("get_session_list", items);
    }
}
