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
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the frames of a connection over a WebSocket session. Thread-safe as {@link Transport} asks for. */
final class WsTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(WsTransport.class);

    /** Pings and pongs block in Tomcat while a client does not read: so long, and then it is closed. */
    private static final long CONTROL_TIMEOUT_MILLIS = 1000;

    private final Session session;
    private final Executor blocking;
    private final Metrics metrics;
    private final @Nullable TomcatRemote tomcat;

    /**
     * @param blocking closing, and asking for a sign of life, may block on a client that does not read
     * @param sendNanos how long a write may take; Tomcat waits for ever unless told
     * @param metrics counts what is sent, and the codes of close frames
     */
    WsTransport(Session session, Executor blocking, long sendNanos, Metrics metrics) {
        this.session = session;
        this.blocking = blocking;
        this.metrics = metrics;
        session.getAsyncRemote().setSendTimeout(TimeUnit.NANOSECONDS.toMillis(sendNanos));
        session.getUserProperties().put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", CONTROL_TIMEOUT_MILLIS);
        tomcat = TomcatRemote.of(session);
    }

    @Override
    public void send(List<Frame> frames, Done done) {
        Done outcome = sent -> {
            if (sent) {
                count(frames);
            } else {
                // After a time-out Tomcat closes the socket and tells nobody.
                close(CloseCode.TOO_SLOW);
            }
            done.result(sent);
        };
        try {
            if (tomcat == null || !tomcat.write(WireFrames.of(frames), expiry(), told(outcome))) {
                sendOneByOne(frames, 0, outcome);
            }
        } catch (RuntimeException e) {
            // Mostly that the connection was closed meanwhile. Whatever it is, the queue waits for an outcome.
            log.debug("Frames could not be sent: {}", e.toString());
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

    /** What any container can do. */
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

    private long expiry() {
        return System.currentTimeMillis() + session.getAsyncRemote().getSendTimeout();
    }

    private static SendHandler told(Done outcome) {
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
            log.debug("A connection could not be pinged: {}", e.toString());
            closeNow(CloseCode.TOO_SLOW);
            return false;
        }
    }

    @Override
    public void close(CloseCode code) {
        try {
            blocking.execute(() -> closeNow(code));
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; the container closes what is open");
        }
    }

    private void closeNow(CloseCode code) {
        if (session.isOpen()) {
            metrics.closed(code.code());
        }
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.reason()));
        } catch (IOException | IllegalStateException e) {
            log.debug("A connection was closed already: {}", e.getMessage());
        }
    }
}
