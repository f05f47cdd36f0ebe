package io.simpleim.http.operator;

import io.simpleim.admission.HealthService;
import io.simpleim.api.ApiError;
import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;

/** {@code GET /health/ready}: whether this node should get requests. Status 503 names the store that is out of reach. */
public final class ReadyServlet extends JsonServlet {
    private static final int RETRY_AFTER_SECONDS = 1;

    private final transient HealthService health;

    public ReadyServlet(HealthService health) {
        this.health = health;
    }

    @Override
    protected Reply handle(RequestContext context) {
        HealthService.Health now = health.check();
        if (!now.isReady()) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS)
                    .with(now);
        }
        return new Reply("health", now);
    }
}
