package io.simpleim.http.operator;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;

/** {@code GET /health/live}: the process answers. Ignores the stores, since a restart would not repair them. */
public final class LiveServlet extends JsonServlet {
    @Override
    protected Reply handle(RequestContext context) {
        return Reply.done("health");
    }
}
