package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Failure;
import io.simpleim.api.Language;
import io.simpleim.api.Refused;
import io.simpleim.http.Answers;
import io.simpleim.http.RequestContext;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The first filter: gives every request an id, answers whatever is thrown behind it, and writes the log's one line a
 * request. That line holds the path and never the query, which may carry a token.
 */
public final class RequestFilter extends HttpFilter {
    private static final Logger log = LoggerFactory.getLogger(RequestFilter.class);
    private static final String REQUEST_ID = "request_id";

    private final transient Metrics metrics;

    public RequestFilter(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        long start = System.nanoTime();
        RequestContext context = new RequestContext(requestId(), Language.of(request.getHeader("Accept-Language")));
        context.attachTo(request);
        MDC.put(REQUEST_ID, context.requestId());
        try {
            chain.doFilter(request, new NotFoundAsRefusal(request, response));
        } catch (ServletException | RuntimeException e) {
            fail(response, context, e);
        } finally {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            log.debug("{} {} {} {} us", request.getMethod(), request.getRequestURI(), response.getStatus(), micros);
            MDC.remove(REQUEST_ID);
        }
    }

    /** Tells requests apart in the log: nobody gains by guessing one, so it need not cost what a secret costs. */
    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void fail(HttpServletResponse response, RequestContext context, Exception e) throws IOException {
        Failure failure = ErrorMapper.map(e, context.requestId());
        metrics.refused(failure.reason());
        if (!response.isCommitted()) {
            response.resetBuffer();
            Answers.failure(response, failure.error().httpStatus(), context.language(), failure);
        }
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
                throw Refused.because(ApiError.NOT_FOUND);
            }
            if (status == SC_NOT_IMPLEMENTED) {
                // What the container says of a method that it does not know.
                setHeader("Allow", "GET, HEAD, OPTIONS");
            }
            if (status == SC_METHOD_NOT_ALLOWED || status == SC_NOT_IMPLEMENTED) {
                // The container judges the method before it looks whether there is such a file.
                if (request.getServletContext().getResource(request.getServletPath()) == null) {
                    reset();
                    throw Refused.because(ApiError.NOT_FOUND);
                }
                throw Refused.because(ApiError.METHOD_NOT_ALLOWED);
            }
            super.sendError(status, message);
        }
    }
}
