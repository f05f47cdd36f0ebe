package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Failure;
import io.simpleim.api.Language;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.http.EnvelopeWriter;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.RequestContext;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before all that may refuse: gives every request an id, answers whatever is thrown behind it, and writes the
 * log's one line a request. That line holds the path and never the query, which may carry a token.
 */
public final class RequestFilter extends HttpFilter {
    private static final Logger log = LoggerFactory.getLogger(RequestFilter.class);
    /** A label for what clients make up. */
    private static final String OTHER_PATHS = "other";

    private final transient ByteBudget budget;
    private final transient Metrics metrics;
    private final transient AuditLog audit;
    private final transient Set<String> paths;

    /**
     * @param budget for answers that clients read slowly
     * @param paths those that there are; what else is asked for is counted together
     */
    public RequestFilter(ByteBudget budget, Metrics metrics, AuditLog audit, Set<String> paths) {
        this.budget = budget;
        this.metrics = metrics;
        this.audit = audit;
        this.paths = Set.copyOf(paths);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        long start = System.nanoTime();
        RequestContext context = context(request);
        context.facts().enter();
        Failure failure = null;
        try {
            chain.doFilter(request, new NotFoundAsRefusal(request, response));
        } catch (ServletException | RuntimeException e) {
            failure = fail(response, context, e);
        } finally {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            // What went aside for its body comes here once more; what its client is still reading does not.
            if (!request.isAsyncStarted() || context.isAnswered()) {
                log.debug("{} {} {} {} us", request.getMethod(), request.getRequestURI(), response.getStatus(), micros);
                recordPartnerCall(context, failure);
                count(response, context, failure);
            }
            context.facts().leave();
        }
    }

    private void count(HttpServletResponse response, RequestContext context, @Nullable Failure failure) {
        String outcome = failure == null ? outcome(response.getStatus()) : failure.outcome();
        metrics.requested(context.route(), outcome, System.nanoTime() - context.startNanos());
    }

    /** Of what was not refused by throwing something: filters and the container's servlets may have said no. */
    private static String outcome(int status) {
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            return "unavailable";
        }
        if (status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            return "failed";
        }
        return status >= HttpServletResponse.SC_BAD_REQUEST ? "refused" : "ok";
    }

    /** A request that comes once more, with its body, is the same. */
    private RequestContext context(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            return RequestContext.of(request);
        }
        Language language = Language.of(request.getHeader("Accept-Language"));
        String route = paths.contains(request.getServletPath()) ? request.getServletPath() : OTHER_PATHS;
        RequestContext context = new RequestContext(requestId(), language, route, budget);
        context.attachTo(request);
        context.facts().at(request.getRemoteAddr(), request.getServletPath());
        return context;
    }

    /** Tells requests apart in the log: nobody gains by guessing one, so it need not cost what a secret costs. */
    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void recordPartnerCall(RequestContext context, @Nullable Failure failure) {
        if (context.facts().partner() != null) {
            audit.partnerCall(failure);
        }
    }

    private Failure fail(HttpServletResponse response, RequestContext context, Exception e) throws IOException {
        Failure failure = ErrorMapper.map(e, context.requestId());
        metrics.refused(failure.reason());
        audit.refused(failure);
        if (!response.isCommitted()) {
            response.resetBuffer();
            EnvelopeWriter.failure(response, failure.error().httpStatus(), context.language(), failure);
        }
        return failure;
    }

    /** The container answers what no servlet of ours is there for with a page of its own; clients get the envelope. */
    private static final class NotFoundAsRefusal extends HttpServletResponseWrapper {
        private final HttpServletRequest request;

        NotFoundAsRefusal(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void sendError(int status) throws IOException {
            sendError(status, "");
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            if (status == SC_NOT_FOUND) {
                throw RequestRejected.because(ApiError.NOT_FOUND);
            }
            if (status == SC_NOT_IMPLEMENTED) {
                // What the container says of a method that it does not know.
                setHeader("Allow", "GET, HEAD, OPTIONS");
            }
            if (status == SC_METHOD_NOT_ALLOWED || status == SC_NOT_IMPLEMENTED) {
                // The container judges the method before it looks whether there is such a file.
                if (request.getServletContext().getResource(request.getServletPath()) == null) {
                    reset();
                    throw RequestRejected.because(ApiError.NOT_FOUND);
                }
                throw RequestRejected.because(ApiError.METHOD_NOT_ALLOWED);
            }
            super.sendError(status, message);
        }
    }
}
