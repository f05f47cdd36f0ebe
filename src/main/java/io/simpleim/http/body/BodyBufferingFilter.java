package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.RequestContext;
import io.simpleim.http.RequestReporter;
import io.simpleim.http.caller.ClientAddress;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Buffers the whole body of a request before later filters examine the request. No thread waits for a slow client: the
 * request becomes asynchronous and returns through the filters once its body is complete. (For chunked bodies, a
 * bounded number of threads does wait: see {@link ChunkedBodyReader}.)
 *
 * <p>Bodies of requests that take none are read too. Otherwise the container would read them after the response, to
 * find the next request on the connection, and block a thread on each byte.
 */
public final class BodyBufferingFilter extends HttpFilter {
    private static final int BUFFER_BYTES = 8192;

    private final transient Set<String> bodyPaths;
    private final int maxBodyBytes;
    private final transient Duration timeout;
    private final transient ByteBudget budget;
    private final transient RequestReporter reporter;
    private final transient ChunkedBodyReader chunkedReader = new ChunkedBodyReader();

    /**
     * @param bodyPaths the paths that take the body of a POST
     * @param maxBodyBytes {@code [limits] maxBodyBytes}
     * @param timeout {@code [limits] bodySeconds}
     */
    public BodyBufferingFilter(
            Collection<String> bodyPaths,
            int maxBodyBytes,
            Duration timeout,
            ByteBudget budget,
            RequestReporter reporter) {
        this.bodyPaths = Set.copyOf(bodyPaths);
        this.maxBodyBytes = maxBodyBytes;
        this.timeout = timeout;
        this.budget = budget;
        this.reporter = reporter;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        IncomingBody buffered = (IncomingBody) request.getAttribute(BodyBufferingFilter.class.getName());
        if (buffered != null) {
            proceed(buffered, request, response, chain);
        } else if (mayHaveBody(request)) {
            startReading(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** HTTP/2 needs neither header; the container knows whether there is a body. */
    private static boolean mayHaveBody(HttpServletRequest request) throws IOException {
        return request.getContentLengthLong() > 0
                || (request.getContentLengthLong() < 0
                        && !request.getInputStream().isFinished());
    }

    private void startReading(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() > maxBodyBytes && request.getHeader("Expect") != null) {
            // The client waits for 100 Continue, so there is nothing to read.
            throw IncomingBody.tooLarge();
        }
        boolean isWanted = request.getMethod().equals("POST") && bodyPaths.contains(request.getServletPath());
        IncomingBody body = new IncomingBody(isWanted, maxBodyBytes, timeout.toNanos(), budget);
        request.setAttribute(BodyBufferingFilter.class.getName(), body);
        boolean isChunked = request.getHeader("Transfer-Encoding") != null;
        boolean isAnnouncedTooLarge = isWanted && request.getContentLengthLong() > maxBodyBytes;
        if (!isChunked && !isAnnouncedTooLarge && readAvailable(request, body)) {
            proceed(body, request, response, chain);
            return;
        }
        if (isChunked || !request.isAsyncSupported()) {
            // A filter or valve before this one may not support asynchronous requests.
            readBlocking(body, request, response, chain);
            return;
        }
        AsyncBodyReader reader = startAsync(body, request, response);
        if (isAnnouncedTooLarge) {
            reader.refuseAnnouncedLength();
        }
        request.getInputStream().setReadListener(reader);
    }

    private void readBlocking(
            IncomingBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<RequestRejected> reason = readToEnd(request, body);
        if (reason.isEmpty()) {
            proceed(body, request, response, chain);
            return;
        }
        body.release();
        if (!request.isAsyncSupported()) {
            throw reason.get();
        }
        // The reader fails at the next byte, which closes the connection.
        AsyncBodyReader reader = startAsync(body, request, response);
        reader.abort(reason.get());
        request.getInputStream().setReadListener(reader);
    }

    /** Reads a body with this thread; returns the reason if it was not read to its end. */
    private Optional<RequestRejected> readToEnd(HttpServletRequest request, IncomingBody body) throws IOException {
        try {
            return chunkedReader.read(ClientAddress.of(request), request.getInputStream(), body);
        } catch (IOException e) {
            // The client disconnected or sent malformed chunks, so the request does not return.
            body.release();
            throw e;
        }
    }

    private AsyncBodyReader startAsync(IncomingBody body, HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync(request, response);
        // The container closes silent connections, and the reader slow ones.
        async.setTimeout(0);
        return new AsyncBodyReader(async, body, reporter);
    }

    /** Reads what has arrived; true if the body is complete. Most bodies arrive together with their headers. */
    private static boolean readAvailable(HttpServletRequest request, IncomingBody body) throws IOException {
        ServletInputStream in = request.getInputStream();
        long announced = request.getContentLengthLong();
        byte[] buffer = new byte[announced < 0 ? BUFFER_BYTES : (int) Math.min(BUFFER_BYTES, announced)];
        while (!in.isFinished()) {
            if (in.available() <= 0) {
                return false;
            }
            int length = in.read(buffer);
            if (length > 0) {
                body.add(buffer, length);
            }
        }
        return true;
    }

    private void proceed(IncomingBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (body.isOverBudget()) {
                throw RequestRejected.forNow(ApiError.UNAVAILABLE, 1);
            }
            if (body.isTooLarge()) {
                throw IncomingBody.tooLarge();
            }
            RequestContext.of(request).setBody(body.toArray());
            chain.doFilter(request, response);
        } finally {
            body.release();
        }
    }
}
