package io.simpleim.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a large response as fast as its client reads it, without a waiting thread. The container calls it from one thread
 * at a time.
 */
final class AsyncResponseWriter implements WriteListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(AsyncResponseWriter.class);
    private static final int CHUNK_BYTES = 8192;
    private static final long TIMEOUT_MILLIS = 120_000;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final byte[] body;
    private final ByteBudget budget;
    private final String budgetKey;
    private final AtomicBoolean isReleased = new AtomicBoolean();
    /** Bytes. Used by the container's calls, which do not overlap. */
    private int written;

    private AsyncResponseWriter(
            AsyncContext async, ServletOutputStream out, byte[] body, ByteBudget budget, String budgetKey) {
        this.async = async;
        this.out = out;
        this.body = body;
        this.budget = budget;
        this.budgetKey = budgetKey;
    }

    /**
     * Starts to write a response.
     *
     * @param budgetKey the client's key in the budget
     * @return false if the budget has too little left; then nothing is written
     */
    static boolean start(
            HttpServletRequest request, ServletOutputStream out, byte[] body, ByteBudget budget, String budgetKey) {
        if (!budget.tryAcquire(budgetKey, body.length)) {
            return false;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(TIMEOUT_MILLIS);
        AsyncResponseWriter writer = new AsyncResponseWriter(async, out, body, budget, budgetKey);
        async.addListener(writer);
        out.setWriteListener(writer);
        return true;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (written < body.length && out.isReady()) {
            int length = Math.min(CHUNK_BYTES, body.length - written);
            out.write(body, written, length);
            written += length;
        }
        if (written == body.length && out.isReady()) {
            async.complete();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        log.debug("The client did not read its whole response: {}", thrown.toString());
        async.complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // The client gets fewer bytes than Content-Length says, and the connection is closed.
        async.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        release();
    }

    @Override
    public void onError(AsyncEvent event) {
        release();
    }

    private void release() {
        if (!isReleased.getAndSet(true)) {
            budget.release(budgetKey, body.length);
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The request does not start another asynchronous cycle.
    }
}
