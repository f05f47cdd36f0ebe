package io.simpleim.bench.client;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its connection as long as the server does, and has one request under way at a time. Lives on its
 * loop's thread.
 */
public final class HttpClient implements Exchange {
    private final Loop loop;
    private final InetSocketAddress server;
    private AnswerHandler handler = AnswerHandler.NONE;
    private @Nullable Request request;
    private @Nullable HttpLink link;

    /** Whether the request under way is its connection's first. */
    private boolean isFresh;

    private long connections;

    public HttpClient(Loop loop, InetSocketAddress server) {
        this.loop = loop;
        this.server = server;
    }

    @Override
    public void send(Request toSend, AnswerHandler onAnswer) {
        handler = onAnswer;
        request = toSend;
        HttpLink current = link;
        isFresh = current == null;
        if (current == null) {
            current = new HttpLink(loop, server, this);
            link = current;
            connections++;
        }
        current.send(toSend.bytes(), toSend.bytes().length);
    }

    /** How many connections there have been: servers end them after some requests. */
    public long connections() {
        return connections;
    }

    void answer(int status, byte[] bytes, int from, int to) {
        AnswerHandler told = handler;
        handler = AnswerHandler.NONE;
        request = null;
        told.answer(status, bytes, from, to);
    }

    /** The server has said that it closes the connection. */
    void connectAnew() {
        close();
    }

    /** A server may end a connection that was idle just when a request is on its way: then it comes again. */
    void ended(HttpLink ended, String why) {
        if (!ended.equals(link)) {
            return;
        }
        link = null;
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
        HttpLink current = link;
        if (current != null) {
            link = null;
            current.close();
        }
    }
}
