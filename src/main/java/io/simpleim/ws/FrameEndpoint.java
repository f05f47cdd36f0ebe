package io.simpleim.ws;

import io.simpleim.api.ApiError;
import io.simpleim.api.Envelope;
import io.simpleim.api.Failure;
import io.simpleim.api.HandshakePrincipal;
import io.simpleim.api.Language;
import io.simpleim.api.Limit;
import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.RequestFacts;
import io.simpleim.audit.RequestScope;
import io.simpleim.event.CloseCode;
import io.simpleim.json.InvalidJsonException;
import io.simpleim.json.Json;
import io.simpleim.push.Connection;
import io.simpleim.push.Frame;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both WebSocket endpoints have in common: one instance a connection, frames that are JSON objects, answers in the
 * order of the frames. Called by one thread at a time, as the container promises; nothing that is thrown reaches the
 * container, which would close the connection.
 */
abstract class FrameEndpoint extends Endpoint {
    private static final Logger log = LoggerFactory.getLogger(FrameEndpoint.class);
    private static final long MILLIS = 1000;
    /** Of frames that ask for nothing there is. */
    static final String NO_OPERATION = "other";

    private final WsContext context;
    private final AtomicBoolean isCounted = new AtomicBoolean();
    private volatile String limitedAs = "";
    private volatile @Nullable Connection connection;
    /** One after the other, up to now. Of the thread that the container calls. */
    private int refusedAsTooMany;
    /** What has become of the frame that is being answered. Of the same thread. */
    private String outcome = "ok";

    private volatile String path = "";

    FrameEndpoint(WsContext context) {
        this.context = context;
    }

    /** Tells the hub of the connection. */
    abstract void opened(Connection connection, Session session);

    /** The hub has forgotten the connection. */
    abstract void left(Connection connection);

    /** The answer to a frame. */
    abstract Map<String, @Nullable Object> answer(
            HandshakePrincipal caller, Connection connection, Map<String, @Nullable Object> frame);

    /** What the frame asks for, one of few: never what a client has made up. */
    abstract String operation(Map<String, @Nullable Object> frame);

    /** The answer to what is no frame. */
    abstract Map<String, @Nullable Object> refuse(Language language, RequestRejected reason);

    @Override
    public final void onOpen(Session session, EndpointConfig config) {
        HandshakePrincipal caller = (HandshakePrincipal)
                Objects.requireNonNull(session.getUserPrincipal(), "the handshake filter comes first");
        // The one that was registered: a client can write the same one in many ways.
        path = ((ServerEndpointConfig) config).getPath();
        Connection opened = connection(session, caller);
        if (!admit(opened, caller)) {
            return;
        }
        connection = opened;
        listen(session, caller, opened);
        opened(opened, session);
        if (!session.isOpen()) {
            // Whoever has closed it may have told the hub before the hub knew it.
            context.hub().remove(opened);
            left(opened);
            discount(opened);
            return;
        }
        // A logout between the handshake and this line has not found the connection.
        context.executor()
                .execute(() -> context.logins().dropIfEnded(caller.session().id()));
    }

    private Connection connection(Session session, HandshakePrincipal caller) {
        return new Connection(
                caller.session(),
                new WsTransport(
                        session, context.executor(), context.connectionLimits().queueNanos(), context.metrics()),
                context.connectionLimits(),
                System.currentTimeMillis() / MILLIS,
                System::nanoTime,
                context.cursors()::received);
    }

    /** Counts the connection, or closes it as one too many. */
    private boolean admit(Connection opened, HandshakePrincipal caller) {
        limitedAs = caller.limitedAs();
        Optional<Limit> beyond = context.admission().enter(opened.userId(), limitedAs);
        if (beyond.isPresent()) {
            context.metrics().refused(beyond.get().settingName());
            opened.close(CloseCode.TOO_MANY_CONNECTIONS);
            return false;
        }
        isCounted.set(true);
        context.metrics().opened(path);
        return true;
    }

    private void listen(Session session, HandshakePrincipal caller, Connection opened) {
        session.addMessageHandler(
                new TextFrames(context.maxFrameBytes(), text -> receive(caller, opened, text), () -> tooLarge(opened)));
        session.addMessageHandler(new BinaryFrames(
                context.maxFrameBytes(),
                () -> malformed(caller, opened, RequestRejected.because(ApiError.MALFORMED_FRAME)),
                () -> tooLarge(opened)));
        session.addMessageHandler(new Pongs(opened));
    }

    @Override
    public final void onClose(Session session, CloseReason reason) {
        Connection closed = connection;
        if (closed != null) {
            discount(closed);
            context.hub().remove(closed);
            closed.closed();
            context.cursors().closed(closed);
            left(closed);
        }
    }

    /** Once, whichever of the two ways to the end a connection takes, or both. */
    private void discount(Connection gone) {
        if (isCounted.getAndSet(false)) {
            context.admission().leave(gone.userId(), limitedAs);
        }
    }

    @Override
    public final void onError(Session session, Throwable thrown) {
        log.debug("A connection broke: {}", thrown.toString());
    }

    private void receive(HandshakePrincipal caller, Connection from, String text) {
        from.heard();
        long start = System.nanoTime();
        String operation = NO_OPERATION;
        outcome = "ok";
        try {
            Map<String, @Nullable Object> frame = Json.readObject(text, context.jsonLimits());
            operation = operation(frame);
            from.send(Frame.of(answer(caller, from, frame)));
        } catch (InvalidJsonException e) {
            malformed(caller, from, RequestRejected.because(ApiError.MALFORMED_FRAME, e));
        }
        context.metrics().asked(operation, outcome, System.nanoTime() - start);
        if (refusedAsTooMany > context.maxRefusedFrames()) {
            from.close(CloseCode.FLOODING);
        }
    }

    private void malformed(HandshakePrincipal caller, Connection from, RequestRejected reason) {
        from.heard();
        from.send(Frame.of(refuse(caller.language(), charged(from.userId(), reason))));
    }

    private void tooLarge(Connection from) {
        context.metrics().refused(Limit.MAX_FRAME_BYTES.settingName());
        from.close(CloseCode.FRAME_TOO_LARGE);
    }

    /** Counts a frame that is no message. */
    final void charge(String userId) {
        context.frameRate().take(userId);
    }

    /** What to refuse a frame for that asks for nothing which counts by itself: it counts too. */
    private RequestRejected charged(String userId, RequestRejected reason) {
        try {
            charge(userId);
            return reason;
        } catch (RequestRejected tooMany) {
            return tooMany;
        }
    }

    /** Carries out a send, which is counted where messages are; one that does not get there counts as a frame. */
    final Map<String, @Nullable Object> send(HandshakePrincipal caller, Supplier<Reply> request) {
        return carryOut(caller, () -> {
            try {
                return request.get();
            } catch (RequestRejected e) {
                throw e.parameter() == null ? e : charged(caller.session().userId(), e);
            }
        });
    }

    /** Carries out what a frame asks for; the envelope says what came of it. */
    final Map<String, @Nullable Object> carryOut(HandshakePrincipal caller, Supplier<Reply> request) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String requestId = new UUID(random.nextLong(), random.nextLong()).toString();
        RequestScope scope = RequestScope.open(RequestFacts.of(requestId, caller.address(), path)
                .withSession(caller.session().userId(), caller.session().id()));
        try {
            Reply reply = request.get();
            refusedAsTooMany = 0;
            return Envelope.success(caller.language(), reply.textKey(), reply.data());
        } catch (RuntimeException e) {
            return failed(caller.language(), e, requestId);
        } finally {
            scope.close();
        }
    }

    /** The envelope of a frame that was refused or failed. */
    final Map<String, @Nullable Object> failed(Language language, RuntimeException thrown, String requestId) {
        Failure failure = context.failures().report(thrown, requestId);
        outcome = failure.outcome();
        boolean tooMany = failure.error() == ApiError.RATE_LIMITED;
        refusedAsTooMany = tooMany ? refusedAsTooMany + 1 : 0;
        return Envelope.failure(language, failure);
    }

    /** Gives the client its {@code ref} back; one that is neither a text nor a number is left out. */
    static void putRef(Map<String, @Nullable Object> answer, Map<String, @Nullable Object> frame) {
        Object ref = frame.get("ref");
        if (ref instanceof String || ref instanceof Number) {
            answer.put("ref", ref);
        }
    }

    /** The client answers our pings. */
    private record Pongs(Connection connection) implements MessageHandler.Whole<PongMessage> {
        @Override
        public void onMessage(PongMessage pong) {
            connection.heard();
        }
    }
}
