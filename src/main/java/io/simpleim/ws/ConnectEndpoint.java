package io.simpleim.ws;

import io.simpleim.api.ApiError;
import io.simpleim.api.Caller;
import io.simpleim.api.Envelope;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Language;
import io.simpleim.api.Params;
import io.simpleim.api.Refused;
import io.simpleim.api.Reply;
import io.simpleim.push.Connection;
import io.simpleim.service.Send;
import io.simpleim.service.Sender;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code WS /u/user/connect}: pushes the user's messages, and takes operations. */
public final class ConnectEndpoint extends FrameEndpoint {
    private final WsContext context;

    public ConnectEndpoint(WsContext context) {
        super(context);
        this.context = context;
    }

    @Override
    void opened(Connection connection) {
        context.hub().add(connection);
    }

    @Override
    Map<String, @Nullable Object> answer(Caller caller, Connection connection, Map<String, @Nullable Object> frame) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("op", "ping".equals(frame.get("op")) ? "pong" : "reply");
        putRef(answer, frame);
        if (!"ping".equals(frame.get("op"))) {
            answer.putAll(carryOut(caller.language(), () -> carryOut(caller, connection, new Params(frame))));
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

    private Reply carryOut(Caller caller, Connection connection, Params params) {
        context.logins().requireNotBanned(caller.session().userId());
        // Of this user's connections only the one that sends does not get the message back.
        Sender sender = new Sender(caller.session().userId(), other -> other == connection);
        String op = params.optional("op").orElseThrow(() -> Refused.because(ApiError.MALFORMED_FRAME));
        return switch (op) {
            case "single_message" -> {
                String toUserId = params.userId("to_user_id");
                yield new Reply(op, context.messages().toUser(sender, toUserId, send(params)));
            }
            case "room_message" -> {
                String roomId = params.required("room_id");
                yield new Reply(op, context.messages().toRoom(sender, roomId, send(params)));
            }
            default -> throw Refused.because(ApiError.UNKNOWN_OP);
        };
    }

    private Send send(Params params) {
        return Send.of(params, context.maxMessageBytes());
    }
}
