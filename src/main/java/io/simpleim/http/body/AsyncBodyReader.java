package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.Failure;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.RequestScope;
import io.simpleim.http.EnvelopeWriter;
import io.simpleim.http.RequestContext;
import io.simpleim.http.RequestReporter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects a body as it arrives, then dispatches its request through the filters again. Not thread-safe: the
 * container's calls do not overlap.
 */
final class AsyncBodyReader implements ReadListener {
    private static final Logger log = LoggerFactory.getLogger(AsyncBodyReader.class);
    private static final int BUFFER_BYTES = 8192;

    private final AsyncContext async;
    private final IncomingBody body;
    private final RequestReporter reporter;
    /** Volatile, since the container's calls come from different threads. */
    private volatile boolean isAborted;

    AsyncBodyReader(AsyncContext async, IncomingBody body, RequestReporter reporter) {
        this.async = async;
        this.body = body;
        this.reporter = reporter;
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = async.getRequest().getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!isAborted && in.isReady()) {
            int length = in.read(buffer);
            if (length > 0) {
                body.add(buffer, length);
            }
            if (in.isFinished()) {
                return;
            }
            Optional<RequestRejected> reason = body.reasonToStop();
            if (reason.isPresent()) {
                abort(reason.get());
            }
        }
        if (isAborted) {
            throw new IOException("more bytes of a refused body");
        }
    }

    /**
     * Answers at once if the announced length is too large. The body is still read, up to a limit, for clients that
     * send all of it before they read the response.
     */
    void refuseAnnouncedLength() throws IOException {
        writeFailure(IncomingBody.tooLarge());
    }

    /**
     * Answers and makes the container close the connection. After a regular response, it would block a thread on the rest
     * of the body; after a failed reader, it closes at once.
     */
    void abort(RequestRejected reason) throws IOException {
        writeFailure(reason);
        isAborted = true;
    }

    private void writeFailure(RequestRejected reason) throws IOException {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        if (response.isCommitted()) {
            return;
        }
        RequestContext context = RequestContext.of(async.getRequest());
        int status;
        Failure failure;
        RequestScope scope = context.openScope();
        try (scope) {
            failure = reporter.failed(context, reason);
            status = failure.error().httpStatus();
            // The request does not return to the request filter, which reports all others.
            reporter.answered(context, status, failure);
        }
        // Drops what the container may have written; headers stay.
        response.resetBuffer();
        response.setHeader("Connection", "close");
        EnvelopeWriter.writeFailure(response, status, context.language(), failure);
        response.flushBuffer();
        HttpServletRequest request = (HttpServletRequest) async.getRequest();
        log.debug("{} {} {}: {}", request.getMethod(), request.getRequestURI(), response.getStatus(), failure.reason());
    }

    @Override
    public void onAllDataRead() {
        if (async.getResponse().isCommitted()) {
            body.release();
            async.complete();
        } else {
            async.dispatch();
        }
    }

    /** The client disconnected or sent a malformed body. The container then closes the connection. */
    @Override
    public void onError(Throwable thrown) {
        log.debug("A body did not arrive: {}", thrown.toString());
        body.release();
        try {
            writeFailure(RequestRejected.because(ApiError.MALFORMED_BODY));
        } catch (IOException e) {
            log.debug("The client cannot be answered: {}", e.toString());
        }
        async.complete();
    }
}
