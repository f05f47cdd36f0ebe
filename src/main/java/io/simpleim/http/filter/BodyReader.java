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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final boolean isChunked;
    /** Written and read by one thread after the other, as the container calls. */
    private volatile boolean isGivenUp;

    private final AtomicBoolean isOver = new AtomicBoolean();

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
        isChunked = ((HttpServletRequest) async.getRequest()).getHeader("Transfer-Encoding") != null;
    }

    /**
     * Reads what is here; what the container does not know to be data it does not call this for.
     *
     * <p>Chunks are read outside of the container's own thread. At the last one Tomcat (11.0.27, 10.1.61) looks for more
     * to do on the connection at once, by the thread that reads: were that the one that deals with the connection, it
     * would begin with the next request before this one is answered.
     */
    @Override
    public void onDataAvailable() throws IOException {
        if (isGivenUp) {
            throw new IOException("more of a body that was refused");
        }
        if (isChunked) {
            async.start(this::readChunks);
        } else {
            readOn();
            if (isGivenUp) {
                throw new IOException("a body that was refused");
            }
        }
    }

    private void readChunks() {
        try {
            readOn();
        } catch (IOException e) {
            onError(e);
        }
    }

    private void readOn() throws IOException {
        ServletInputStream in = async.getRequest().getInputStream();
        byte[] chunk = new byte[CHUNK];
        while (in.isReady()) {
            int length = in.read(chunk);
            if (length < 0) {
                // By now the request may have been carried out, and be gone.
                return;
            }
            if (isGivenUp) {
                // Not that slow after all: the container reads some more, and closes the connection.
                complete();
                return;
            }
            body.add(chunk, length);
            if (!isChunked && in.isFinished()) {
                return;
            }
            giveUpIfNeeded();
            if (!isChunked && isGivenUp) {
                return;
            }
        }
    }

    private void giveUpIfNeeded() throws IOException {
        if (body.dropped() > maxBodyBytes + MOST_DROPPED) {
            giveUp(tooLarge());
        } else if (System.nanoTime() - start > withinNanos) {
            giveUp(Refused.because(ApiError.MALFORMED_BODY).by(Limit.BODY_SECONDS));
        }
    }

    /** Says at once that a body is too large that was announced so; it is read on all the same, for a while. */
    void refuseAnnounced() throws IOException {
        answer(tooLarge());
    }

    private static Refused tooLarge() {
        return Refused.because(ApiError.TOO_LARGE).by(Limit.MAX_BODY_BYTES);
    }

    /**
     * Answers, and has the connection closed. An answer in the usual way would have the container wait for the rest of
     * the body, with a thread; where a reader fails it closes at once.
     */
    private void giveUp(Refused reason) throws IOException {
        answer(reason);
        isGivenUp = true;
    }

    private void answer(Refused reason) throws IOException {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        if (response.isCommitted()) {
            return;
        }
        RequestContext context = RequestContext.of(async.getRequest());
        Failure failure = ErrorMapper.map(reason, context.requestId());
        metrics.refused(failure.reason());
        context.facts().enter();
        audit.refused(failure);
        context.facts().leave();
        // Whatever the container wanted to say of it.
        response.reset();
        response.setHeader("Connection", "close");
        Answers.failure(response, failure.error().httpStatus(), context.language(), failure);
        response.flushBuffer();
    }

    @Override
    public void onAllDataRead() {
        if (async.getResponse().isCommitted()) {
            complete();
        } else if (!isOver.getAndSet(true)) {
            async.dispatch();
        }
    }

    private void complete() {
        if (!isOver.getAndSet(true)) {
            body.release();
            async.complete();
        }
    }

    /**
     * The client has gone, or what it sends is not what it announced; the container closes the connection after this. It
     * tells of what we have found out ourselves too.
     */
    @Override
    public void onError(Throwable thrown) {
        if (isOver.getAndSet(true)) {
            return;
        }
        log.debug("A body did not come: {}", thrown.toString());
        body.release();
        try {
            answer(Refused.because(ApiError.MALFORMED_BODY));
        } catch (IOException e) {
            log.debug("Nobody is there to be told: {}", e.toString());
        }
        async.complete();
    }
}
