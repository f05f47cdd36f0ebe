package io.simpleim.http;

import io.simpleim.api.Failure;
import io.simpleim.audit.AuditLog;
import io.simpleim.audit.FailureReporter;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Reports the outcome of requests to the metrics and the audit log. Thread-safe. */
public final class RequestReporter {
    private final FailureReporter failures;
    private final Metrics metrics;
    private final AuditLog audit;

    public RequestReporter(FailureReporter failures, Metrics metrics, AuditLog audit) {
        this.failures = failures;
        this.metrics = metrics;
        this.audit = audit;
    }

    /** Reports a failure, within the scope of its request, and returns the answer for the client. */
    public Failure failed(RequestContext context, Throwable thrown) {
        return failures.report(thrown, context.requestId());
    }

    /**
     * Reports a request that is answered, within its scope. Called once per request.
     *
     * @param status of the response
     * @param failure the reported failure; null if nothing was thrown
     */
    public void answered(RequestContext context, int status, @Nullable Failure failure) {
        if (context.caller().orElse(null) instanceof Caller.Partner) {
            audit.partnerCall(failure);
        }
        String outcome = failure == null ? outcomeOf(status) : failure.outcome();
        metrics.requested(context.route(), outcome, System.nanoTime() - context.startNanos());
    }

    /** The outcome when nothing was thrown: filters and the container's servlets may have refused the request. */
    private static String outcomeOf(int status) {
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            return "unavailable";
        }
        if (status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            return "failed";
        }
        return status >= HttpServletResponse.SC_BAD_REQUEST ? "refused" : "ok";
    }
}
