package io.simpleim.ws;

import io.simpleim.api.HandshakePrincipal;
import io.simpleim.api.Language;
import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.push.Connection;
import jakarta.websocket.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code WS /u/user/connect}: pushes the user's messages, those that were missed first, and takes operations. */
public final class ConnectEndpoint extends FrameEndpoint {
    private static final Logger log = LoggerFactory.getLogger(ConnectEndpoint.class);

    private static final Reply PONG = Reply.done("ack");
    private static final int NOTED_WITHIN_SECONDS = 3;

    private final WsContext context;
    private final Operations operations;
    /** Done when other nodes can know that the user is connected here. */
    private final CountDownLatch noted = new CountDownLatch(1);

    public ConnectEndpoint(WsContext context) {
        super(context);
        this.context = context;
        this.operations = new Operations(context);
    }

    @Override
    void opened(Connection connection, Session session) {
        boolean asksItself = session.getRequestParameterMap()
                .getOrDefault("offline", List.of())
                .contains("none");
        if (!asksItself) {
            connection.holdLive();
        }
        context.hub().add(connection);
        // First other nodes have to tell this one what comes; then what came before is looked for.
        context.presence().changed(connection.userId(), () -> {
            noted.countDown();
            if (!asksItself) {
                context.offline().start(connection);
            }
            context.executor().execute(() -> learn(connection));
        });
    }

    private void learn(Connection connection) {
        try {
            context.cursors().learn(connection.userId());
        } catch (StoreUnavailableException e) {
            log.debug("Until it is known who speaks for a user, nothing counts as received: {}", e.getMessage());
        }
    }

    @Override
    void left(Connection connection) {
        context.presence().changed(connection.userId(), () -> {});
    }

    @Override
    Map<String, @Nullable Object> answer(
            HandshakePrincipal caller, Connection connection, Map<String, @Nullable Object> frame) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("op", "reply");
        putRef(answer, frame);
        if ("sync".equals(frame.get("op"))) {
            awaitNoted();
        }
        if (Operations.isSend(frame)) {
            answer.putAll(send(caller, () -> operations.carryOut(connection, frame)));
            return answer;
        }
        Map<String, @Nullable Object> outcome = carryOut(caller, () -> {
            charge(connection.userId());
            return isPing(frame) ? PONG : operations.carryOut(connection, frame);
        });
        if (isPing(frame) && !outcome.containsKey("error")) {
            answer.put("op", "pong");
        } else {
            answer.putAll(outcome);
        }
        return answer;
    }

    @Override
    String operation(Map<String, @Nullable Object> frame) {
        return isPing(frame) ? "ping" : Operations.nameIn(frame);
    }

    private static boolean isPing(Map<String, @Nullable Object> frame) {
        return "ping".equals(frame.get("op"));
    }

    /** What is stored after the answer has to be told to this node; while Redis is slow, a client waits but so long. */
    private void awaitNoted() {
        try {
            boolean unused = noted.await(NOTED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    Map<String, @Nullable Object> refuse(Language language, RequestRejected reason) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("op", "reply");
        answer.putAll(failed(language, reason, ""));
        return answer;
    }
}
