package io.simpleim.ws;

import io.simpleim.push.CloseCode;
import io.simpleim.push.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the frames of a connection over a WebSocket session. Thread-safe as {@link Transport} asks for. */
final class WsTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(WsTransport.class);

    /** Tomcat waits for ever unless told otherwise. */
    private static final long SEND_TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Session session;
    private final Executor closer;

    /** @param closer closing may block on a client that does not read, so it is never done on the caller's thread */
    WsTransport(Session session, Executor closer) {
        this.session = session;
        this.closer = closer;
        session.getAsyncRemote().setSendTimeout(SEND_TIMEOUT_MILLIS);
    }

    @Override
    public void send(String frame, Done done) {
        try {
            session.getAsyncRemote().sendText(frame, result -> {
                if (!result.isOK()) {
                    // After a time-out Tomcat closes the socket and tells nobody.
                    close(CloseCode.TOO_SLOW);
                }
                done.result(result.isOK());
            });
        } catch (RuntimeException e) {
            // Mostly that the connection was closed meanwhile. Whatever it is, the queue waits for an outcome.
            log.debug("A frame could not be sent: {}", e.toString());
            close(CloseCode.GOING_AWAY);
            done.result(false);
        }
    }

    @Override
    public void close(CloseCode code) {
        try {
            closer.execute(() -> closeNow(code));
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; the container closes what is open");
        }
    }

    private void closeNow(CloseCode code) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.reason()));
        } catch (IOException | IllegalStateException e) {
            log.debug("A connection was closed already: {}", e.getMessage());
        }
    }
}
