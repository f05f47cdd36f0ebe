package io.simpleim.ws;

import io.simpleim.api.ApiError;
import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.catchup.SyncService;
import io.simpleim.chat.SendRequest;
import io.simpleim.dispatch.Sender;
import io.simpleim.push.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client may ask for by a frame: the {@code op} and its fields. Thread-safe. */
final class Operations {
    private static final long DEFAULT_SYNC_LIMIT = 100;
    private static final Set<String> ALL = Set.of("single_message", "room_message", "ack", "read", "typing", "sync");

    private final WsContext context;

    Operations(WsContext context) {
        this.context = context;
    }

    /** Whether a frame sends a message: those are counted where all messages are. */
    static boolean isSend(Map<String, @Nullable Object> frame) {
        return "single_message".equals(frame.get("op")) || "room_message".equals(frame.get("op"));
    }

    /** What a frame asks for, if there is such an operation. */
    static String nameIn(Map<String, @Nullable Object> frame) {
        return frame.get("op") instanceof String op && ALL.contains(op) ? op : FrameEndpoint.NO_OPERATION;
    }

    /** @throws RequestRejected, and what services throw */
    Reply carryOut(Connection connection, Map<String, @Nullable Object> frame) {
        Params params = new Params(frame);
        String userId = connection.userId();
        context.logins().requireNotBanned(userId);
        String op = params.optional("op").orElseThrow(() -> RequestRejected.because(ApiError.MALFORMED_FRAME));
        // Of this user's connections only the one that sends or reads is not told of it.
        Sender self = new Sender(userId, other -> other == connection);
        switch (op) {
            case "single_message", "room_message" -> {
                return send(op, self, params);
            }
            case "ack" -> context.reading().ack(userId, params.required("room_id"), seq(params));
            case "read" -> context.reading().read(self, params.required("room_id"), seq(params));
            case "typing" -> context.reading().typing(userId, params.required("room_id"));
            case "sync" -> {
                return new Reply(op, context.sync().sync(userId, held(frame), limit(params)));
            }
            default -> throw RequestRejected.because(ApiError.UNKNOWN_OP);
        }
        return Reply.done(op);
    }

    private Reply send(String op, Sender sender, Params params) {
        if (op.equals("single_message")) {
            String toUserId = params.userId("to_user_id");
            return new Reply(op, context.messages().toUser(sender, toUserId, message(params)));
        }
        String roomId = params.required("room_id");
        return new Reply(op, context.messages().toRoom(sender, roomId, message(params)));
    }

    private SendRequest message(Params params) {
        return SendRequest.of(params, context.maxMessageBytes());
    }

    static long seq(Params params) {
        return params.number("seq", 1, Long.MAX_VALUE).orElseThrow(() -> RequestRejected.missing("seq"));
    }

    static int limit(Params params) {
        return (int) params.number("limit", 1, SyncService.MAX_PER_ROOM)
                .orElse(DEFAULT_SYNC_LIMIT)
                .longValue();
    }

    /** The last number that the client holds of each room. */
    static Map<String, Long> held(Map<String, @Nullable Object> frame) {
        if (!frame.containsKey("rooms")) {
            throw RequestRejected.missing("rooms");
        }
        if (!(frame.get("rooms") instanceof Map<?, ?> rooms)) {
            throw RequestRejected.invalid("rooms");
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        rooms.forEach((roomId, seq) -> values.put((String) roomId, seq));
        Params numbers = new Params(values);
        Map<String, Long> held = new HashMap<>();
        for (String roomId : values.keySet()) {
            try {
                held.put(roomId, numbers.number(roomId, 0, Long.MAX_VALUE).orElse(0L));
            } catch (RequestRejected e) {
                throw RequestRejected.invalid("rooms");
            }
        }
        return held;
    }
}
