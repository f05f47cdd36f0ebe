package io.simpleim.audit;

import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Failure;
import io.simpleim.metrics.Metrics;

/**
 * The one path from an exception to a wire answer: every failure of a request, a handshake or a frame is mapped, counted
 * and audited here, once. Thread-safe.
 */
public final class FailureReporter {
    private final Metrics metrics;
    private final AuditLog audit;

    public FailureReporter(Metrics metrics, AuditLog audit) {
        this.metrics = metrics;
        this.audit = audit;
    }

    /**
     * Reports a failure to the metrics and the logs. Called within the {@link RequestScope} of the request. Never
     * throws.
     *
     * @param requestId lets a client refer to a defect; empty if the request has no id
     * @return the answer for the client
     */
    public Failure report(Throwable thrown, String requestId) {
        Failure failure = ErrorMapper.map(thrown, requestId);
        metrics.refused(failure.reason());
        audit.refused(failure);
        return failure;
    }
}
