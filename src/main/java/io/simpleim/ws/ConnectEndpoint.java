package io.simpleim.ws;

import io.simpleim.api.Caller;
import io.simpleim.api.Envelope;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Language;
import io.simpleim.api.Refused;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.push.Connection;
import jakarta.websocket.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code WS /u/user/connect}: pushes the user's messages, those that were missed first, and takes operations. */
public final class ConnectEndpoint extends FrameEndpoint {
    private static final Logger log = LoggerFactory.getLogger(ConnectEndpoint.class);

    private final WsContext context;
    private final Operations operations;

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
        context.executor().execute(() -> {
            try {
                context.cursors().learn(connection.userId());
            } catch (StoreUnavailableException e) {
                log.debug("Until it is known who speaks for a user, nothing counts as received: {}", e.getMessage());
            }
        });
        if (!asksItself) {
            context.offline().start(connection);
        }
    }

    @Override
    Map<String, @Nullable Object> answer(Caller caller, Connection connection, Map<String, @Nullable Object> frame) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("op", "ping".equals(frame.get("op")) ? "pong" : "reply");
        putRef(answer, frame);
        if (!"ping".equals(frame.get("op"))) {
            answer.putAll(carryOut(caller.language(), () -> operations.carryOut(connection, frame)));
        }
        return answer;
    }

    @Override
    Map<String, @Nullable Object> refuse(Language language, Refused reason) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("op", "reply");
        answer.putAll(Envelope.failure(language, ErrorMapper.map(reason, "")));
        return answer;
    }
}
