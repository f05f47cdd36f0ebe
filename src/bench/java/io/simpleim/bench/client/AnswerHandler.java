package io.simpleim.bench.client;

/** Gets the answer to a request. */
public interface AnswerHandler {
    /** Nobody waits for anything. */
    AnswerHandler NONE = new AnswerHandler() {
        @Override
        public void answer(int status, byte[] bytes, int from, int to) {
            throw new IllegalStateException("an answer that nobody has asked for: " + Text.string(bytes, from, to));
        }

        @Override
        public void failed(String why) {
            // Nothing was under way.
        }
    };

    /**
     * @param status of HTTP; 200 for what came over a WebSocket
     * @param bytes the envelope, good until this returns
     */
    void answer(int status, byte[] bytes, int from, int to);

    /** The connection has ended, and there will be no answer. */
    void failed(String why);
}
