package io.simpleim.bench.client;

/** Receives what the server pushes over one connection. */
public interface PushHandler {
    /**
     * @param bytes contain a JSON object; valid only during the call
     * @param nowNanos when it was read
     */
    void push(byte[] bytes, int from, int to, long nowNanos);

    /** The server ended the connection. */
    void ended(String why);
}
