package io.simpleim.bench.client;

import java.net.InetSocketAddress;

/** One connection of an {@link HttpClient}. */
final class HttpConnection extends Connection {
    private final HttpResponseReader answers = new HttpResponseReader();
    private final HttpClient client;

    HttpConnection(EventLoop loop, InetSocketAddress server, HttpClient client) {
        super(loop, server);
        this.client = client;
    }

    @Override
    int consume(byte[] bytes, int from, int to) {
        int next = answers.read(bytes, from, to);
        if (next < 0) {
            return from;
        }
        if (answers.isLast()) {
            client.connectAnew();
        }
        client.answer(answers.status(), bytes, answers.bodyFrom(), answers.bodyTo());
        return next;
    }

    @Override
    void ended(String why) {
        client.ended(this, why);
    }
}
