package io.simpleim.push;

import io.simpleim.event.CloseCode;
import java.util.List;

/** Carries the frames of one connection. Implementations are thread-safe. */
public interface Transport {
    /**
     * Starts to send text frames in order. Never called while another send or ping is under way.
     *
     * @param frames at least one; none is a placeholder
     * @param done called exactly once, on any thread, when the network has taken all frames or the send has failed;
     *     possibly before this returns
     */
    void send(List<Frame> frames, Done done);

    /** Starts to send a ping. Called under the same conditions as {@link #send}, and reports in the same way. */
    void ping(Done done);

    /** Starts to close the connection and returns. Closing twice has no effect. */
    void close(CloseCode code);

    /** Receives the result of a send or ping. */
    interface Done {
        /** @param sent false if frames may not have reached the network; then the connection is unusable */
        void result(boolean sent);
    }
}
