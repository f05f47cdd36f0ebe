package io.simpleim.ws;

import io.simpleim.event.CloseCode;
import io.simpleim.metrics.Metrics;
import io.simpleim.push.Frame;
import io.simpleim.push.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the frames of a connection over a WebSocket session. Thread-safe as {@link Transport} requires. */
final class WsTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(WsTransport.class);

    /** Maximum time that a ping or pong blocks in Tomcat while the client does not read; then the connection is closed. */
    private static final long CONTROL_TIMEOUT_MILLIS = 1000;

    private final Session session;
    private final Executor blocking;
    private final Metrics metrics;
    private final @Nullable TomcatRemote tomcat;

    /**
     * @param blocking closes and pings, which may block while the client does not read
     * @param sendTimeout maximum time of a write; without it Tomcat waits forever
     * @param metrics counts sent frames and close codes
     */
    WsTransport(Session session, Executor blocking, Duration sendTimeout, Metrics metrics) {
        this.session = session;
        this.blocking = blocking;
        this.metrics = metrics;
        session.getAsyncRemote().setSendTimeout(sendTimeout.toMillis());
        session.getUserProperties().put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", CONTROL_TIMEOUT_MILLIS);
        tomcat = TomcatRemote.of(session);
    }

    @Override
    public void send(List<Frame> frames, Done done) {
        Done outcome = sent -> {
            if (sent) {
                count(frames);
            } else {
                // After a timeout Tomcat closes the socket without calling onClose.
                close(CloseCode.TOO_SLOW);
            }
            done.result(sent);
        };
        try {
            if (tomcat == null || !tomcat.write(WireFrames.of(frames), expiresAtMillis(), handler(outcome))) {
                sendOneByOne(frames, 0, outcome);
            }
        } catch (RuntimeException e) {
            // Usually the connection was closed meanwhile. The queue needs an outcome in any case.
            log.debug("Could not send frames: {}", e.toString());
            close(CloseCode.GOING_AWAY);
            done.result(false);
        }
    }

    private void count(List<Frame> frames) {
        int messages = 0;
        long bytes = 0;
        for (Frame frame : frames) {
            messages += frame.place() == null ? 0 : 1;
            bytes += frame.size();
        }
        metrics.traffic().sent(messages, frames.size() - messages, bytes);
    }

    /** Works on any container. */
    private void sendOneByOne(List<Frame> frames, int from, Done outcome) {
        SendHandler next = result -> {
            if (result.isOK() && from + 1 < frames.size()) {
                try {
                    sendOneByOne(frames, from + 1, outcome);
                } catch (RuntimeException e) {
                    outcome.result(false);
                }
            } else {
                outcome.result(result.isOK());
            }
        };
        session.getAsyncRemote().sendText(frames.get(from).text(), next);
    }

    private long expiresAtMillis() {
        return System.currentTimeMillis() + session.getAsyncRemote().getSendTimeout();
    }

    private static SendHandler handler(Done outcome) {
        return result -> outcome.result(result.isOK());
    }

    @Override
    public void ping(Done done) {
        try {
            blocking.execute(() -> done.result(pingNow()));
        } catch (RejectedExecutionException e) {
            done.result(true);
        }
    }

    private boolean pingNow() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            return true;
        } catch (IOException | RuntimeException e) {
            log.debug("Could not ping a connection: {}", e.toString());
            closeNow(CloseCode.TOO_SLOW);
            return false;
        }
    }

    @Override
    public void close(CloseCode code) {
        try {
            blocking.execute(() -> closeNow(code));
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; the container closes open connections");
        }
    }

    private void closeNow(CloseCode code) {
        if (session.isOpen()) {
            metrics.closed(code.code());
        }
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.reason()));
        } catch (IOException | IllegalStateException e) {
            log.debug("A connection was already closed: {}", e.getMessage());
        }
    }
}
