package io.simpleim.push;

import io.simpleim.event.CloseCode;
import java.util.List;

/** What carries the frames of one connection. Implementations are thread-safe. */
public interface Transport {
    /**
     * Starts to send text frames in their order. Never called while another send or ping is under way.
     *
     * @param frames at least one, all of them with something to send
     * @param done told exactly once, when all of them are with the network, on any thread, maybe before this call returns
     */
    void send(List<Frame> frames, Done done);

    /** Starts to ask the client for a sign of life. Called, and told of the outcome, as {@link #send}. */
    void ping(Done done);

    /** Closes the connection, now and without waiting for it. Closing twice has no effect. */
    void close(CloseCode code);

    /** What comes of a send. */
    interface Done {
        /** @param sent false if frames may not have reached the network: the connection is of no use any more */
        void result(boolean sent);
    }
}
