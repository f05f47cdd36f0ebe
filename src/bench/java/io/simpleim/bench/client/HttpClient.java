package io.simpleim.bench.client;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its connection as long as the server does, with one pending request at a time. Used only on its
 * event loop's thread.
 */
public final class HttpClient implements Exchange {
    private final EventLoop loop;
    private final InetSocketAddress server;
    private AnswerHandler handler = AnswerHandler.NONE;
    private @Nullable Request request;
    private @Nullable HttpConnection connection;

    /** Whether the pending request is the first on its connection. */
    private boolean isFresh;

    private long connections;

    public HttpClient(EventLoop loop, InetSocketAddress server) {
        this.loop = loop;
        this.server = server;
    }

    @Override
    public void send(Request toSend, AnswerHandler onAnswer) {
        handler = onAnswer;
        request = toSend;
        HttpConnection current = connection;
        isFresh = current == null;
        if (current == null) {
            current = new HttpConnection(loop, server, this);
            connection = current;
            connections++;
        }
        current.send(toSend.bytes(), toSend.bytes().length);
    }

    /** Connections opened so far; servers close them after a number of requests. */
    public long connections() {
        return connections;
    }

    void answer(int status, byte[] bytes, int from, int to) {
        AnswerHandler told = handler;
        handler = AnswerHandler.NONE;
        request = null;
        told.answer(status, bytes, from, to);
    }

    /** The server announced that it closes the connection. */
    void connectAnew() {
        close();
    }

    /** A server may close an idle connection just as a request is sent. The request is then sent again. */
    void ended(HttpConnection ended, String why) {
        if (!ended.equals(connection)) {
            return;
        }
        connection = null;
        AnswerHandler told = handler;
        Request unanswered = request;
        handler = AnswerHandler.NONE;
        if (unanswered != null && !isFresh) {
            send(unanswered, told);
        } else {
            told.failed(why);
        }
    }

    public void close() {
        HttpConnection current = connection;
        if (current != null) {
            connection = null;
            current.close();
        }
    }
}
