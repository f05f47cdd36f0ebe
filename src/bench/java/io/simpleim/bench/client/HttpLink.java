package io.simpleim.bench.client;

import java.net.InetSocketAddress;

/** One connection of an {@link HttpClient}. */
final class HttpLink extends Link {
    private final HttpAnswers answers = new HttpAnswers();
    private final HttpClient client;

    HttpLink(Loop loop, InetSocketAddress server, HttpClient client) {
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
