package io.simpleim.bench.load;

import io.simpleim.bench.client.AnswerHandler;
import io.simpleim.bench.client.Exchange;
import io.simpleim.bench.client.Field;
import io.simpleim.bench.client.Loop;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.Text;

/**
 * Sends a message when the last one is answered. What the server cannot take now is sent again, under the same id, until
 * it can. Lives on its loop's thread.
 */
public final class Sender implements AnswerHandler {
    private static final int OK = 200;
    private static final int RATE_LIMITED = 429;
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_MILLIS = 20;
    private static final byte[] UNAVAILABLE_ERROR = Text.ascii("unavailable\"");
    private static final byte[] RATE_LIMITED_ERROR = Text.ascii("rate_limited\"");

    private final Loop loop;
    private final Exchange exchange;
    private final Request request;
    private final Recorder recorder;
    private final Field code = new Field("code");
    private final Field error = new Field("error");
    private Gauge gauge = new Gauge();
    private long sentNanos;

    /** Of the last message: none has another one's. */
    private long number;

    public Sender(Loop loop, Exchange exchange, Request request, Recorder recorder) {
        this.loop = loop;
        this.exchange = exchange;
        this.request = request;
        this.recorder = recorder;
    }

    /** Goes on until the gauge is shut. */
    void start(Gauge shared) {
        gauge = shared;
        sendNext();
    }

    private void sendNext() {
        if (gauge.isOpen()) {
            gauge.began();
            request.number(++number);
            sentNanos = System.nanoTime();
            exchange.send(request, this);
        }
    }

    @Override
    public void answer(int status, byte[] bytes, int from, int to) {
        long answered = status == OK ? code.number(bytes, from, to, 0) : 0;
        if (answered == OK) {
            gauge.succeeded(loop.nowNanos() - sentNanos);
            recorder.answer(bytes, from, to, sentNanos);
            sendNext();
        } else if (isForNow(status, bytes, from, to)) {
            gauge.retried();
            loop.after(RETRY_MILLIS, () -> exchange.send(request, this));
        } else {
            failed("status " + status + ": " + Text.string(bytes, from, to));
        }
    }

    private boolean isForNow(int status, byte[] bytes, int from, int to) {
        int at = error.find(bytes, from, to);
        return status == RATE_LIMITED
                || status == UNAVAILABLE
                || Text.isAt(UNAVAILABLE_ERROR, bytes, at, to)
                || Text.isAt(RATE_LIMITED_ERROR, bytes, at, to);
    }

    /** Something else is wrong: this sender stops, and the report says so. */
    @Override
    public void failed(String why) {
        gauge.failed(why);
    }
}
