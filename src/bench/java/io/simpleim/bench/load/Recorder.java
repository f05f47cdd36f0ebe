package io.simpleim.bench.load;

/** Told of each send that was answered with code 200. */
public interface Recorder {
    /** For requests of which nothing has to be kept. */
    Recorder NONE = (bytes, from, to, sentNanos) -> {};

    /** @param sentNanos when it was sent */
    void answer(byte[] bytes, int from, int to, long sentNanos);
}
