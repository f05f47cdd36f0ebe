package io.simpleim.bench.client;

/** Gets what a server pushes over one connection. */
public interface PushHandler {
    /**
     * @param bytes a JSON object, good until this returns
     * @param nowNanos when it was read
     */
    void push(byte[] bytes, int from, int to, long nowNanos);

    /** The server has ended the connection. */
    void ended(String why);
}
