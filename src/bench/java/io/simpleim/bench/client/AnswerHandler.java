package io.simpleim.bench.client;

/** Receives the answer to a request. */
public interface AnswerHandler {
    /** For connections without a pending request. */
    AnswerHandler NONE = new AnswerHandler() {
        @Override
        public void answer(int status, byte[] bytes, int from, int to) {
            throw new IllegalStateException("unexpected answer: " + ByteText.string(bytes, from, to));
        }

        @Override
        public void failed(String why) {
            // No request was pending.
        }
    };

    /**
     * @param status HTTP status; always 200 over a WebSocket
     * @param bytes contain the envelope; valid only during the call
     */
    void answer(int status, byte[] bytes, int from, int to);

    /** The connection ended before the answer arrived. */
    void failed(String why);
}
