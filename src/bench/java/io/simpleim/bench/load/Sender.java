package io.simpleim.bench.load;

import io.simpleim.bench.client.AnswerHandler;
import io.simpleim.bench.client.ByteText;
import io.simpleim.bench.client.EventLoop;
import io.simpleim.bench.client.Exchange;
import io.simpleim.bench.client.JsonField;
import io.simpleim.bench.client.Request;

/**
 * Sends the next message when the previous one is answered. A message that the busy server refused is sent again under
 * the same id. Used only on its event loop's thread.
 */
public final class Sender implements AnswerHandler {
    private static final int OK = 200;
    private static final int RATE_LIMITED = 429;
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_MILLIS = 20;
    private static final byte[] UNAVAILABLE_ERROR = ByteText.ascii("unavailable\"");
    private static final byte[] RATE_LIMITED_ERROR = ByteText.ascii("rate_limited\"");

    private final EventLoop loop;
    private final Exchange exchange;
    private final Request request;
    private final AnswerRecorder recorder;
    private final JsonField code = new JsonField("code");
    private final JsonField error = new JsonField("error");
    private SendProgress progress = new SendProgress();
    private long sentNanos;

    /** Number of the last message; each has its own. */
    private long number;

    public Sender(EventLoop loop, Exchange exchange, Request request, AnswerRecorder recorder) {
        this.loop = loop;
        this.exchange = exchange;
        this.request = request;
        this.recorder = recorder;
    }

    /** Sends until the run stops. */
    void start(SendProgress shared) {
        progress = shared;
        sendNext();
    }

    private void sendNext() {
        if (progress.isRunning()) {
            progress.began();
            request.number(++number);
            sentNanos = System.nanoTime();
            exchange.send(request, this);
        }
    }

    @Override
    public void answer(int status, byte[] bytes, int from, int to) {
        long answered = status == OK ? code.number(bytes, from, to, 0) : 0;
        if (answered == OK) {
            progress.succeeded(loop.nowNanos() - sentNanos);
            recorder.answer(bytes, from, to, sentNanos);
            sendNext();
        } else if (isTemporary(status, bytes, from, to)) {
            progress.retried();
            loop.after(RETRY_MILLIS, () -> exchange.send(request, this));
        } else {
            failed("status " + status + ": " + ByteText.string(bytes, from, to));
        }
    }

    private boolean isTemporary(int status, byte[] bytes, int from, int to) {
        int at = error.find(bytes, from, to);
        return status == RATE_LIMITED
                || status == UNAVAILABLE
                || ByteText.isAt(UNAVAILABLE_ERROR, bytes, at, to)
                || ByteText.isAt(RATE_LIMITED_ERROR, bytes, at, to);
    }

    /** An unexpected failure stops this sender and appears in the report. */
    @Override
    public void failed(String why) {
        progress.failed(why);
    }
}
