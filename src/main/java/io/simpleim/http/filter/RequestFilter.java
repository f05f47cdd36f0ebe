package io.simpleim.http.filter;

import io.simpleim.api.Failure;
import io.simpleim.api.Language;
import io.simpleim.audit.RequestScope;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.EnvelopeWriter;
import io.simpleim.http.RequestContext;
import io.simpleim.http.RequestReporter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first filter that may refuse: gives every request its context, answers whatever is thrown behind it, and writes one
 * debug line per request. The line holds the path and never the query, which may carry a token.
 */
public final class RequestFilter extends HttpFilter {
    private static final Logger log = LoggerFactory.getLogger(RequestFilter.class);
    /** The metrics label for paths that are not registered. */
    private static final String OTHER_PATHS = "other";

    private final transient ByteBudget budget;
    private final transient RequestReporter reporter;
    private final transient Set<String> paths;

    /**
     * @param budget for responses that clients read slowly
     * @param paths the registered paths; requests to all others are counted together
     */
    public RequestFilter(ByteBudget budget, RequestReporter reporter, Collection<String> paths) {
        this.budget = budget;
        this.reporter = reporter;
        this.paths = Set.copyOf(paths);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        long start = System.nanoTime();
        RequestContext context = contextOf(request);
        RequestScope scope = context.openScope();
        Failure failure = null;
        try {
            chain.doFilter(request, new EnvelopeErrorResponse(request, response));
        } catch (ServletException | RuntimeException e) {
            failure = writeFailure(response, context, e);
        } finally {
            // A request that waits for its body returns later. One whose client is still reading does not.
            if (!request.isAsyncStarted() || context.isResponseComplete()) {
                long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
                log.debug("{} {} {} {} us", request.getMethod(), request.getRequestURI(), response.getStatus(), micros);
                reporter.answered(context, response.getStatus(), failure);
            }
            scope.close();
        }
    }

    /** A request that returns with its body keeps its context. */
    private RequestContext contextOf(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            return RequestContext.of(request);
        }
        Language language = Language.of(request.getHeader("Accept-Language"));
        String path = request.getServletPath();
        String route = paths.contains(path) ? path : OTHER_PATHS;
        RequestContext context =
                new RequestContext(newRequestId(), language, route, request.getRemoteAddr(), path, budget);
        context.storeIn(request);
        return context;
    }

    /** The id distinguishes requests in the log. It is no secret, so a fast random generator is enough. */
    private static String newRequestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Failure writeFailure(HttpServletResponse response, RequestContext context, Exception thrown)
            throws IOException {
        Failure failure = reporter.failed(context, thrown);
        if (!response.isCommitted()) {
            response.resetBuffer();
            EnvelopeWriter.writeFailure(response, failure.error().httpStatus(), context.language(), failure);
        }
        return failure;
    }
}
