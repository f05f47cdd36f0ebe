package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Failure;
import io.simpleim.api.Limit;
import io.simpleim.api.Refused;
import io.simpleim.audit.AuditLog;
import io.simpleim.http.Answers;
import io.simpleim.http.RequestContext;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a body as it comes, and sends its request through the filters again when all is there. */
final class BodyReader implements ReadListener {
    private static final Logger log = LoggerFactory.getLogger(BodyReader.class);
    private static final int CHUNK = 8192;

    /** What is read on after the limit, so that a client that looks for the answer only when it has sent all gets it. */
    private static final long MOST_DROPPED = 2L << 20;

    private final AsyncContext async;
    private final IncomingBody body;
    private final int maxBodyBytes;
    private final long withinNanos;
    private final Metrics metrics;
    private final AuditLog audit;
    private final long start = System.nanoTime();

    BodyReader(
            AsyncContext async,
            IncomingBody body,
            int maxBodyBytes,
            long withinNanos,
            Metrics metrics,
            AuditLog audit) {
        this.async = async;
        this.body = body;
        this.maxBodyBytes = maxBodyBytes;
        this.withinNanos = withinNanos;
        this.metrics = metrics;
        this.audit = audit;
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = async.getRequest().getInputStream();
        byte[] chunk = new byte[CHUNK];
        while (in.isReady() && !in.isFinished()) {
            int length = in.read(chunk);
            if (length > 0) {
                body.add(chunk, length);
            }
            if (body.dropped() > maxBodyBytes + MOST_DROPPED) {
                giveUp(Refused.because(ApiError.TOO_LARGE).by(Limit.MAX_BODY_BYTES));
            }
        }
        if (!in.isFinished() && System.nanoTime() - start > withinNanos) {
            giveUp(Refused.because(ApiError.MALFORMED_BODY).by(Limit.BODY_SECONDS));
        }
    }

    /**
     * Answers, and has the connection closed. An answer in the usual way would have the container wait for the rest of
     * the body, with a thread; one that fails here is closed at once.
     */
    private void giveUp(Refused reason) throws IOException {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        RequestContext context = RequestContext.of(async.getRequest());
        Failure failure = ErrorMapper.map(reason, context.requestId());
        metrics.refused(failure.reason());
        context.facts().enter();
        audit.refused(failure);
        context.facts().leave();
        response.setHeader("Connection", "close");
        Answers.failure(response, failure.error().httpStatus(), context.language(), failure);
        response.flushBuffer();
        throw new IOException(reason.getMessage());
    }

    @Override
    public void onAllDataRead() {
        async.dispatch();
    }

    @Override
    public void onError(Throwable thrown) {
        log.debug("A body did not come: {}", thrown.toString());
        body.release();
        async.complete();
    }
}
