package io.simpleim.ws;

import io.simpleim.connection.ConnectionKind;
import io.simpleim.ws.operation.Operation;
import jakarta.websocket.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code WS /rm/room/room_message}: every frame sends a message to a room, and is answered with the envelope. */
public final class RoomMessageEndpoint extends FrameEndpoint {
    private final Operation roomMessage;

    public RoomMessageEndpoint(WsContext context) {
        super(context);
        this.roomMessage = context.operations().roomMessage();
    }

    @Override
    ConnectionKind kind(Session session) {
        return ConnectionKind.SEND_ONLY;
    }

    @Override
    Operation operation(Map<String, @Nullable Object> frame) {
        return roomMessage;
    }

    @Override
    Map<String, @Nullable Object> answer(String op, @Nullable Object ref, Map<String, @Nullable Object> envelope) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(envelope);
        if (ref != null) {
            answer.put("ref", ref);
        }
        return answer;
    }
}
