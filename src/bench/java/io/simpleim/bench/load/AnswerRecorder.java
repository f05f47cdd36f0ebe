package io.simpleim.bench.load;

/** Receives each answer with code 200. */
public interface AnswerRecorder {
    /** Ignores answers. */
    AnswerRecorder NONE = (bytes, from, to, sentNanos) -> {};

    /** @param sentNanos when the request was sent, as {@link System#nanoTime()} */
    void answer(byte[] bytes, int from, int to, long sentNanos);
}
