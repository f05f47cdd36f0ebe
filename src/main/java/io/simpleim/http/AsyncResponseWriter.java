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

/** Writes a large answer as fast as its client reads it, without a thread that waits. */
final class AsyncResponseWriter implements WriteListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(AsyncResponseWriter.class);
    private static final int CHUNK = 8192;
    private static final long MOST_MILLIS = 120_000;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final byte[] body;
    private final ByteBudget budget;
    private final String who;
    private final AtomicBoolean released = new AtomicBoolean();
    /** Of the thread that the container calls, one at a time. */
    private int written;

    private AsyncResponseWriter(AsyncContext async, ServletOutputStream out, byte[] body, ByteBudget budget, String who) {
        this.async = async;
        this.out = out;
        this.body = body;
        this.budget = budget;
        this.who = who;
    }

    /**
     * Begins; false if so much cannot be held, and then nothing was written.
     *
     * @param who shares the budget with others
     */
    static boolean begin(
            HttpServletRequest request, ServletOutputStream out, byte[] body, ByteBudget budget, String who) {
        if (!budget.tryAcquire(who, body.length)) {
            return false;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(MOST_MILLIS);
        AsyncResponseWriter answer = new AsyncResponseWriter(async, out, body, budget, who);
        async.addListener(answer);
        out.setWriteListener(answer);
        return true;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (written < body.length && out.isReady()) {
            int length = Math.min(CHUNK, body.length - written);
            out.write(body, written, length);
            written += length;
        }
        if (written == body.length && out.isReady()) {
            async.complete();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        log.debug("An answer was not read to its end: {}", thrown.toString());
        async.complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // The client finds less than was announced, and a connection that is closed.
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
        if (!released.getAndSet(true)) {
            budget.release(who, body.length);
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nothing begins anew.
    }
}
