package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Failure;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.http.EnvelopeWriter;
import io.simpleim.http.RequestContext;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a body as it comes, and sends its request through the filters again when all is there. */
final class AsyncBodyReader implements ReadListener {
    private static final Logger log = LoggerFactory.getLogger(AsyncBodyReader.class);
    private static final int CHUNK = 8192;

    private final AsyncContext async;
    private final IncomingBody body;
    private final Metrics metrics;
    private final AuditLog audit;
    /** Written and read by one thread after the other, as the container calls. */
    private volatile boolean isGivenUp;

    AsyncBodyReader(AsyncContext async, IncomingBody body, Metrics metrics, AuditLog audit) {
        this.async = async;
        this.body = body;
        this.metrics = metrics;
        this.audit = audit;
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = async.getRequest().getInputStream();
        byte[] chunk = new byte[CHUNK];
        while (!isGivenUp && in.isReady()) {
            int length = in.read(chunk);
            if (length > 0) {
                body.add(chunk, length);
            }
            if (in.isFinished()) {
                return;
            }
            Optional<RequestRejected> reason = body.reasonToStop();
            if (reason.isPresent()) {
                giveUp(reason.get());
            }
        }
        if (isGivenUp) {
            throw new IOException("more of a body that was refused");
        }
    }

    /** Says at once that a body is too large that was announced so; it is read on all the same, for a while. */
    void refuseAnnounced() throws IOException {
        answer(IncomingBody.tooLarge());
    }

    /**
     * EnvelopeWriter, and has the connection closed. An answer in the usual way would have the container wait for the rest of
     * the body, with a thread; where a reader fails it closes at once.
     */
    void giveUp(RequestRejected reason) throws IOException {
        answer(reason);
        isGivenUp = true;
    }

    private void answer(RequestRejected reason) throws IOException {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        if (response.isCommitted()) {
            return;
        }
        RequestContext context = RequestContext.of(async.getRequest());
        Failure failure = ErrorMapper.map(reason, context.requestId());
        metrics.refused(failure.reason());
        // It comes through the filters no more.
        metrics.requested(context.route(), failure.outcome(), System.nanoTime() - context.startNanos());
        context.facts().enter();
        audit.refused(failure);
        context.facts().leave();
        // Whatever the container wanted to say of it; headers stay.
        response.resetBuffer();
        response.setHeader("Connection", "close");
        EnvelopeWriter.failure(response, failure.error().httpStatus(), context.language(), failure);
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

    /** The client has gone, or what it sends is not what it announced; the container closes the connection after this. */
    @Override
    public void onError(Throwable thrown) {
        log.debug("A body did not come: {}", thrown.toString());
        body.release();
        try {
            answer(RequestRejected.because(ApiError.MALFORMED_BODY));
        } catch (IOException e) {
            log.debug("Nobody is there to be told: {}", e.toString());
        }
        async.complete();
    }
}
