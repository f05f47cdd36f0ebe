package io.simpleim.bench.client;

/** Sends requests and receives their answers, one at a time. */
public interface Exchange {
    /** Sends a request. It must not be modified before its answer arrives. */
    void send(Request request, AnswerHandler onAnswer);
}
