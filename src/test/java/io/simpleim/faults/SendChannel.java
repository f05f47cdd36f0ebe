package io.simpleim.faults;

import static io.simpleim.testing.ImClient.params;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A way to send messages to one room. Used by one thread. */
interface SendChannel extends AutoCloseable {
    /**
     * Sends texts, each with itself as its client message id.
     *
     * @param onReply gets the outcome of each text, in order
     * @throws BreakableSocket.BrokenException if the server is gone; texts without an outcome may be stored or not
     */
    void send(List<String> texts, Consumer<SendOutcome> onReply);

    @Override
    default void close() {}

    /** Opens a channel to a server. */
    interface Factory {
        SendChannel open(URI base);
    }

    /**
     * A REST channel.
     *
     * @param destination the parameter that names the destination
     */
    static Factory http(String token, String path, String destination, String id) {
        return base -> (texts, onReply) -> {
            for (String text : texts) {
                Map<String, Object> parameters = params(destination, id, "message", text, "client_msg_id", text);
                try {
                    onReply.accept(SendOutcome.of(new ImClient(base).post(token, path, parameters)));
                } catch (UncheckedIOException e) {
                    throw new BreakableSocket.BrokenException(e);
                }
            }
        };
    }

    static Factory toRoom(String token, String roomId) {
        return http(token, "rm/room/room_message", "room_id", roomId);
    }

    static Factory toUser(String token, String userId) {
        return http(token, "rm/room/single_message", "to_user_id", userId);
    }

    /** A channel over the WebSocket for sending, with several frames in flight. */
    static Factory socket(String token, String roomId) {
        return base -> new Socket(base, "rm/room/room_message", token, "", roomId);
    }

    /** A channel over the WebSocket for pushes, which accepts the same send as an operation. */
    static Factory operation(String token, String roomId) {
        return base -> new Socket(base, "u/user/connect", token, "\"op\":\"room_message\",", roomId);
    }

    /** Expects answers in order and skips all other frames. */
    final class Socket implements SendChannel {
        private static final int SECONDS = 40;
        private final BlockingQueue<JsonObject> answers = new ArrayBlockingQueue<>(1000);
        private final BreakableSocket socket;
        private final String op;
        private final String roomId;

        Socket(URI base, String path, String token, String op, String roomId) {
            this.op = op;
            this.roomId = roomId;
            socket = BreakableSocket.open(base, path, token, this::take);
            socket.ended().thenRun(() -> answers.add(new JsonObject()));
        }

        private void take(JsonObject frame) {
            if (frame.has("code")) {
                answers.add(frame);
            }
        }

        @Override
        public void send(List<String> texts, Consumer<SendOutcome> onReply) {
            for (String text : texts) {
                socket.send("{" + op + "\"room_id\":\"" + roomId + "\",\"message\":\"" + text
                        + "\",\"client_msg_id\":\"" + text + "\",\"ref\":\"" + text + "\"}");
            }
            for (String text : texts) {
                JsonObject answer = next();
                if (!answer.get("ref").getAsString().equals(text)) {
                    throw new AssertionError("answer out of order: " + answer + " for " + text);
                }
                onReply.accept(SendOutcome.of(answer));
            }
        }

        private JsonObject next() {
            try {
                JsonObject answer = answers.poll(SECONDS, TimeUnit.SECONDS);
                if (answer == null) {
                    throw new AssertionError("no answer within " + SECONDS + " s");
                }
                if (answer.size() == 0) {
                    throw new BreakableSocket.BrokenException(new IllegalStateException("the connection has ended"));
                }
                return answer;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
