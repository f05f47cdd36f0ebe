package io.simpleim.ws;

import io.simpleim.api.ApiError;
import io.simpleim.api.Envelope;
import io.simpleim.api.Failure;
import io.simpleim.api.HandshakePrincipal;
import io.simpleim.api.Language;
import io.simpleim.api.Limit;
import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.RequestFacts;
import io.simpleim.audit.RequestScope;
import io.simpleim.connection.ClientConnection;
import io.simpleim.connection.ConnectionKind;
import io.simpleim.connection.TooManyConnectionsException;
import io.simpleim.event.CloseCode;
import io.simpleim.json.InvalidJsonException;
import io.simpleim.json.Json;
import io.simpleim.push.Frame;
import io.simpleim.ws.operation.Answer;
import io.simpleim.ws.operation.Operation;
import io.simpleim.ws.operation.OperationCatalogue;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adapts one WebSocket session to one client connection: reads frames as JSON objects and answers them in their order.
 *
 * <p>The container delivers frames on one thread at a time; it may report the end of the session on another. No failure of
 * a frame reaches the container, which would close the connection.
 */
abstract class FrameEndpoint extends Endpoint {
    private static final Logger log = LoggerFactory.getLogger(FrameEndpoint.class);

    private final WsContext context;

    /** Null until the connection is admitted. */
    private volatile @Nullable ClientConnection connection;

    // Used only while the container delivers a frame, on one thread at a time.
    private int consecutiveRateRefusals;
    /** The metrics label for the outcome of the current frame. */
    private String outcome = "ok";

    FrameEndpoint(WsContext context) {
        this.context = context;
    }

    /** What the client uses the connection for. */
    abstract ConnectionKind kind(Session session);

    /** The operation that a frame requests. */
    abstract Operation operation(Map<String, @Nullable Object> frame);

    /**
     * The frame that answers a frame of the client.
     *
     * @param op the {@code op} of the answer
     * @param ref the client's {@code ref}; null if it gave none
     */
    abstract Map<String, @Nullable Object> answer(
            String op, @Nullable Object ref, Map<String, @Nullable Object> envelope);

    /** The client of this endpoint. Language and address come from the handshake. */
    private record Client(ClientConnection connection, Language language, String address, String path) {}

    @Override
    public final void onOpen(Session session, EndpointConfig config) {
        HandshakePrincipal caller = (HandshakePrincipal)
                Objects.requireNonNull(session.getUserPrincipal(), "the handshake filter comes first");
        // The registered path: a client can write the same path in many ways.
        String path = ((ServerEndpointConfig) config).getPath();
        WsTransport transport = new WsTransport(session, context.blocking(), context.sendTimeout(), context.metrics());
        ClientConnection admitted;
        try {
            admitted = context.connections().admit(caller.session(), caller.limitedAs(), kind(session), transport);
        } catch (TooManyConnectionsException e) {
            context.metrics().refused(e.limit().settingName());
            return;
        }
        connection = admitted;
        context.metrics().opened(path);
        receiveFrames(session, new Client(admitted, caller.language(), caller.address(), path));
        context.connections().open(admitted);
        if (!session.isOpen()) {
            // The container may have called onClose before there was a connection to close.
            context.connections().close(admitted);
        }
    }

    private void receiveFrames(Session session, Client client) {
        int maxBytes = context.limits().maxBytes();
        Runnable tooLarge = () -> refuseTooLarge(client.connection());
        session.addMessageHandler(new TextFrames(maxBytes, text -> receive(client, text), tooLarge));
        session.addMessageHandler(new BinaryFrames(
                maxBytes, () -> refuseMalformed(client, RequestRejected.because(ApiError.MALFORMED_FRAME)), tooLarge));
        session.addMessageHandler(new Pongs(client.connection()));
    }

    @Override
    public final void onClose(Session session, CloseReason reason) {
        ClientConnection closed = connection;
        if (closed != null) {
            context.connections().close(closed);
        }
    }

    @Override
    public final void onError(Session session, Throwable thrown) {
        log.debug("WebSocket error: {}", thrown.toString());
    }

    private void receive(Client client, String text) {
        client.connection().frames().recordActivity();
        long start = System.nanoTime();
        Operation operation = OperationCatalogue.UNKNOWN;
        outcome = "ok";
        try {
            Map<String, @Nullable Object> frame =
                    Json.readObject(text, context.limits().json());
            operation = operation(frame);
            client.connection().frames().send(Frame.ofAnswer(execute(client, operation, frame)));
        } catch (InvalidJsonException e) {
            refuseMalformed(client, RequestRejected.because(ApiError.MALFORMED_FRAME, e));
        }
        context.metrics().asked(operation.name(), outcome, System.nanoTime() - start);
        if (consecutiveRateRefusals > context.limits().maxRateRefusals()) {
            client.connection().frames().close(CloseCode.FLOODING);
        }
    }

    private Map<String, @Nullable Object> execute(
            Client client, Operation operation, Map<String, @Nullable Object> frame) {
        ClientConnection from = client.connection();
        String requestId = randomId();
        RequestScope scope = RequestScope.open(RequestFacts.of(requestId, client.address(), client.path())
                .withSession(from.userId(), from.sessionId()));
        try {
            Answer answer = context.executor().execute(operation, from, new Params(frame));
            consecutiveRateRefusals = 0;
            return answer(answer.op(), ref(frame), answer.envelope(client.language()));
        } catch (RuntimeException e) {
            return answer(Answer.REPLY, ref(frame), failed(client.language(), e, requestId));
        } finally {
            scope.close();
        }
    }

    /** Random, but not secret: a secure generator would cost more than most frames. */
    private static String randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Reports a failure and returns the envelope of its answer. */
    private Map<String, @Nullable Object> failed(Language language, RuntimeException thrown, String requestId) {
        Failure failure = context.failures().report(thrown, requestId);
        outcome = failure.outcome();
        boolean isRateLimited = failure.error() == ApiError.RATE_LIMITED;
        consecutiveRateRefusals = isRateLimited ? consecutiveRateRefusals + 1 : 0;
        return Envelope.failure(language, failure);
    }

    private void refuseMalformed(Client client, RequestRejected reason) {
        RequestRejected refusal = reason;
        try {
            context.executor().charge(client.connection());
        } catch (RequestRejected rateLimited) {
            refusal = rateLimited;
        }
        client.connection().frames().recordActivity();
        client.connection()
                .frames()
                .send(Frame.ofAnswer(answer(Answer.REPLY, null, failed(client.language(), refusal, ""))));
    }

    private void refuseTooLarge(ClientConnection from) {
        context.metrics().refused(Limit.MAX_FRAME_BYTES.settingName());
        from.frames().close(CloseCode.FRAME_TOO_LARGE);
    }

    /** The client's {@code ref}; null if it is neither a text nor a number. */
    static @Nullable Object ref(Map<String, @Nullable Object> frame) {
        Object ref = frame.get("ref");
        return ref instanceof String || ref instanceof Number ? ref : null;
    }

    /** Answers to the server's pings. */
    private record Pongs(ClientConnection connection) implements MessageHandler.Whole<PongMessage> {
        @Override
        public void onMessage(PongMessage pong) {
            connection.frames().recordActivity();
        }
    }
}
