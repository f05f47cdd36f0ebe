package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.RequestContext;
import io.simpleim.http.caller.ClientAddress;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Has a request's body there as a whole before anything judges the request. No thread waits for a client that takes its
 * time: with what is not there yet the request goes aside, and comes through the filters once more when all is. (For
 * bodies in chunks threads do wait, but only some: see {@link ChunkedBodyReader}.)
 *
 * <p>Bodies that nobody will look at are read too. The container would read them after the answer, to find the next
 * request behind them, and would wait for each byte with a thread.
 */
public final class BodyBufferingFilter extends HttpFilter {
    private static final int CHUNK = 8192;

    private final transient Set<String> takingBody;
    private final int maxBodyBytes;
    private final transient Duration within;
    private final transient ByteBudget budget;
    private final transient Metrics metrics;
    private final transient AuditLog audit;
    private final transient ChunkedBodyReader chunks = new ChunkedBodyReader();

    /**
     * @param takingBody the paths at which the body of a POST is of interest
     * @param maxBodyBytes {@code [limits] maxBodyBytes}
     * @param within {@code [limits] bodySeconds}
     */
    public BodyBufferingFilter(
            Set<String> takingBody,
            int maxBodyBytes,
            Duration within,
            ByteBudget budget,
            Metrics metrics,
            AuditLog audit) {
        this.takingBody = Set.copyOf(takingBody);
        this.maxBodyBytes = maxBodyBytes;
        this.within = within;
        this.budget = budget;
        this.metrics = metrics;
        this.audit = audit;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        IncomingBody before = (IncomingBody) request.getAttribute(BodyBufferingFilter.class.getName());
        if (before != null) {
            goOn(before, request, response, chain);
        } else if (mayHaveBody(request)) {
            begin(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** HTTP/2 needs neither header: there the container knows. */
    private static boolean mayHaveBody(HttpServletRequest request) throws IOException {
        return request.getContentLengthLong() > 0
                || (request.getContentLengthLong() < 0
                        && !request.getInputStream().isFinished());
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() > maxBodyBytes && request.getHeader("Expect") != null) {
            // It asks before it sends: then there is nothing to be read.
            throw IncomingBody.tooLarge();
        }
        boolean isOfInterest = request.getMethod().equals("POST") && takingBody.contains(request.getServletPath());
        IncomingBody body = new IncomingBody(isOfInterest, maxBodyBytes, within.toNanos(), budget);
        request.setAttribute(BodyBufferingFilter.class.getName(), body);
        boolean isChunked = request.getHeader("Transfer-Encoding") != null;
        boolean isAnnouncedTooLarge = isOfInterest && request.getContentLengthLong() > maxBodyBytes;
        if (!isChunked && !isAnnouncedTooLarge && readWhatIsHere(request, body)) {
            goOn(body, request, response, chain);
            return;
        }
        if (isChunked || !request.isAsyncSupported()) {
            // The latter where somebody has put a filter or valve before ours that does not let requests go aside.
            beginWaiting(body, request, response, chain);
            return;
        }
        AsyncBodyReader reader = readLater(body, request, response);
        if (isAnnouncedTooLarge) {
            reader.refuseAnnounced();
        }
        request.getInputStream().setReadListener(reader);
    }

    private void beginWaiting(
            IncomingBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<RequestRejected> givenUp = readWaiting(request, body);
        if (givenUp.isEmpty()) {
            goOn(body, request, response, chain);
            return;
        }
        body.release();
        if (!request.isAsyncSupported()) {
            throw givenUp.get();
        }
        // What is left unread is left to a reader that fails at the next byte.
        AsyncBodyReader reader = readLater(body, request, response);
        reader.giveUp(givenUp.get());
        request.getInputStream().setReadListener(reader);
    }

    /** Why it was not read to its end. */
    private Optional<RequestRejected> readWaiting(HttpServletRequest request, IncomingBody body) throws IOException {
        try {
            return chunks.read(ClientAddress.of(request), request.getInputStream(), body);
        } catch (IOException e) {
            // The client has gone, or sends what are no chunks: nobody comes back for what is here.
            body.release();
            throw e;
        }
    }

    private AsyncBodyReader readLater(IncomingBody body, HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync(request, response);
        // The container closes connections that have gone silent, and the reader those that are too slow.
        async.setTimeout(0);
        return new AsyncBodyReader(async, body, metrics, audit);
    }

    /** True if that was all. Most bodies come together with their headers. */
    private static boolean readWhatIsHere(HttpServletRequest request, IncomingBody body) throws IOException {
        ServletInputStream in = request.getInputStream();
        long announced = request.getContentLengthLong();
        byte[] chunk = new byte[announced < 0 ? CHUNK : (int) Math.min(CHUNK, announced)];
        while (!in.isFinished()) {
            if (in.available() <= 0) {
                return false;
            }
            int length = in.read(chunk);
            if (length > 0) {
                body.add(chunk, length);
            }
        }
        return true;
    }

    private void goOn(IncomingBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (body.isOverBudget()) {
                throw RequestRejected.forNow(ApiError.UNAVAILABLE, 1);
            }
            if (body.isTooLarge()) {
                throw IncomingBody.tooLarge();
            }
            RequestContext.of(request).body(body.toArray());
            chain.doFilter(request, response);
        } finally {
            body.release();
        }
    }
}
