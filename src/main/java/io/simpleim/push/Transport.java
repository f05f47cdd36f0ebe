package io.simpleim.push;

/** What carries the frames of one connection. Implementations are thread-safe. */
public interface Transport {
    /**
     * Starts to send a text frame. Never called while another send is under way.
     *
     * @param done told exactly once, on any thread, maybe before this call returns
     */
    void send(String frame, Done done);

    /** Closes the connection, now and without waiting for it. Closing twice has no effect. */
    void close(CloseCode code);

    /** What comes of a send. */
    interface Done {
        /** @param sent false if the frame may not have reached the network: the connection is of no use any more */
        void result(boolean sent);
    }
}
