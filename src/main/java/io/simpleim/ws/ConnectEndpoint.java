package io.simpleim.ws;

import io.simpleim.connection.ConnectionKind;
import io.simpleim.ws.operation.Operation;
import io.simpleim.ws.operation.OperationCatalogue;
import jakarta.websocket.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code WS /u/user/connect}: pushes to the user, and takes all operations. */
public final class ConnectEndpoint extends FrameEndpoint {
    private final OperationCatalogue operations;

    public ConnectEndpoint(WsContext context) {
        super(context);
        this.operations = context.operations();
    }

    @Override
    ConnectionKind kind(Session session) {
        boolean withoutBacklog = session.getRequestParameterMap()
                .getOrDefault("offline", List.of())
                .contains("none");
        return withoutBacklog ? ConnectionKind.LISTENING_WITHOUT_BACKLOG : ConnectionKind.LISTENING;
    }

    @Override
    Operation operation(Map<String, @Nullable Object> frame) {
        return operations.find(frame);
    }

    @Override
    Map<String, @Nullable Object> answer(String op, @Nullable Object ref, Map<String, @Nullable Object> envelope) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("op", op);
        if (ref != null) {
            answer.put("ref", ref);
        }
        answer.putAll(envelope);
        return answer;
    }
}
