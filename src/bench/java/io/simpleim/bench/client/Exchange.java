package io.simpleim.bench.client;

/** Where a request goes and an answer comes from, one at a time. */
public interface Exchange {
    /** Sends a request, which must not change before its answer. */
    void send(Request request, AnswerHandler onAnswer);
}
