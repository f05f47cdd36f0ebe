package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.connection.ClientConnection;

/** One operation of the WebSocket protocol. Implementations are thread-safe. */
public interface Operation {
    /** The {@code op} of its frames, which is also its label in metrics. */
    String name();

    /** The rate limit that its frames count against. */
    Charge charge();

    /** Whether a banned user may still use it. */
    default boolean isOpenToBanned() {
        return false;
    }

    /**
     * Parses a frame. Nothing is carried out yet.
     *
     * @throws RequestRejected if a parameter is missing or invalid
     */
    Call parse(ClientConnection client, Params params);

    /** A parsed frame. */
    interface Call {
        /**
         * Carries out the operation; may block.
         *
         * @throws RuntimeException as the service does
         */
        Answer run();
    }
}
