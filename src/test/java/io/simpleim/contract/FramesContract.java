package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that clients send, and their answers. */
interface FramesContract extends ApiSuite {
    int MAX_FRAME_BYTES = 131_072;

    @Test
    default void roomMessageIsAnsweredWithTheEnvelope() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        try (ImSocket socket = user.roomSender()) {
            socket.send(frame(roomId, "m", ""));
            JsonObject answer = socket.next();

            assertThat(answer.keySet()).containsExactlyInAnyOrder("code", "msg", "data");
            assertThat(answer.get("code").getAsInt()).isEqualTo(200);
            assertThat(answer.get("msg").getAsString()).isEqualTo("发送成功");
            assertThat(answer.getAsJsonObject("data").keySet()).contains("message_id", "room_id", "seq", "created_at");
            assertThat(user.history(roomId)).hasSize(1);
        }
    }

    @Test
    default void answersKeepTheOrderAndRefsOfTheFrames() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        try (ImSocket socket = user.roomSender()) {
            for (int i = 0; i < 20; i++) {
                // Every fifth frame is refused, which is faster than storing a message.
                socket.send(frame(i % 5 == 4 ? "none" : roomId, "m", ",\"ref\":" + i));
            }
            for (int i = 0; i < 20; i++) {
                JsonObject answer = socket.next();
                assertThat(answer.get("ref").getAsInt()).isEqualTo(i);
                assertThat(answer.get("code").getAsInt()).isEqualTo(i % 5 == 4 ? -1 : 200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text ✓\"", "7", "1.50", "12345678901234567890"})
    default void refIsReturnedUnchanged(String ref) {
        ImUser user = anyUser();
        try (ImSocket sending = user.roomSender();
                ImSocket listening = user.listen()) {
            sending.send(frame(user.roomWith(), "m", ",\"ref\":" + ref));
            assertThat(sending.next().get("ref")).hasToString(ref);
            assertThat(Pushes.reply(listening, "{\"op\":\"ping\",\"ref\":" + ref + "}")
                            .get("ref"))
                    .hasToString(ref);
            assertThat(Pushes.reply(listening, "{\"op\":\"none\",\"ref\":" + ref + "}")
                            .get("ref"))
                    .hasToString(ref);
        }
    }

    @Test
    default void webSocketRefusalsEqualRestRefusals() {
        try (ImSocket socket = anyUser().roomSender()) {
            socket.send("{\"message\":\"m\",\"ref\":1}");
            JsonObject missing = socket.next();
            assertThat(missing.get("error").getAsString()).isEqualTo("missing_parameter");
            assertThat(missing.get("parameter").getAsString()).isEqualTo("room_id");
            socket.send(frame(anyUser().roomWith(), "m", ""));
            assertThat(socket.next().get("error").getAsString()).isEqualTo("not_in_room");
        }
    }

    @Test
    default void webSocketUsesTheLanguageOfItsHandshake() {
        String token = anyUser().token();
        try (ImSocket socket = ImSocket.connect(
                deployment().base(),
                "rm/room/room_message",
                builder -> builder.header("token", token).header("Accept-Language", "en"))) {
            socket.send(frame("none", "m", ""));
            assertThat(socket.next().get("msg").getAsString()).isEqualTo("No such room");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "1", "null", "\"ping\"", "{\"op\":\"ping\"", "{}{}"})
    default void nonObjectFrameIsMalformedAndTheConnectionStaysOpen(String frame) {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        try (ImSocket sending = user.roomSender();
                ImSocket listening = user.listen()) {
            sending.send(frame);
            assertThat(sending.next().get("error").getAsString()).isEqualTo("malformed_frame");
            sending.send(frame(roomId, "m", ""));
            assertThat(sending.next().get("code").getAsInt()).isEqualTo(200);

            JsonObject reply = Pushes.reply(listening, frame);
            assertThat(reply.get("op").getAsString()).isEqualTo("reply");
            assertThat(reply.get("code").getAsInt()).isEqualTo(-1);
            assertThat(reply.get("error").getAsString()).isEqualTo("malformed_frame");
            assertThat(Pushes.messagesSoFar(listening)).isEmpty();
        }
    }

    @Test
    default void binaryFrameIsMalformedAndTheConnectionStaysOpen() {
        try (ImSocket socket = anyUser().listen()) {
            socket.raw()
                    .sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(socket.next().get("error").getAsString()).isEqualTo("malformed_frame");
            assertThat(Pushes.messagesSoFar(socket)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/user/connect", "rm/room/room_message"})
    default void frameOverTheLimitClosesTheConnection(String path) {
        try (ImSocket socket =
                ImSocket.connect(deployment().base(), path, anyUser().token())) {
            socket.send("{\"op\":\"ping\"}" + " ".repeat(MAX_FRAME_BYTES));
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    default void frameLimitCountsBytes() {
        try (ImSocket socket = anyUser().listen()) {
            socket.send("{\"op\":\"ping\",\"x\":\"" + "好".repeat(MAX_FRAME_BYTES / 3) + "\"}");
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    default void frameAtTheLimitIsAccepted() {
        try (ImSocket socket = anyUser().listen()) {
            String ping = "{\"op\":\"ping\",\"ref\":\"large\"}";
            JsonObject pong = Pushes.reply(socket, ping + " ".repeat(MAX_FRAME_BYTES - ping.length()));
            assertThat(pong.get("ref").getAsString()).isEqualTo("large");
        }
    }

    @Test
    default void pingIsAnsweredWithAPong() {
        try (ImSocket socket = anyUser().listen()) {
            JsonObject pong = Pushes.reply(socket, "{\"op\":\"ping\"}");
            assertThat(pong.keySet()).containsExactly("op");
            assertThat(pong.get("op").getAsString()).isEqualTo("pong");
        }
    }

    @Test
    default void singleMessageOperationReachesAllConnectionsButItsOwn() {
        ImUser sender = anyUser();
        ImUser receiver = anyUser();
        try (ImSocket own = sender.listen();
                ImSocket other = sender.listen();
                ImSocket to = receiver.listen()) {
            JsonObject reply = Pushes.reply(
                    own,
                    "{\"op\":\"single_message\",\"ref\":\"r\",\"to_user_id\":\"" + receiver.id()
                            + "\",\"message\":\"m\",\"client_msg_id\":\"n1\",\"message_type\":5}");

            assertThat(reply.get("op").getAsString()).isEqualTo("reply");
            assertThat(reply.get("ref").getAsString()).isEqualTo("r");
            assertThat(reply.get("code").getAsInt()).isEqualTo(200);
            assertThat(reply.get("msg").getAsString()).isEqualTo("发送成功");
            JsonObject push = Pushes.nextMessage(to);
            assertThat(push.get("message_id"))
                    .isEqualTo(reply.getAsJsonObject("data").get("message_id"));
            assertThat(push.get("message_type").getAsInt()).isEqualTo(5);
            assertThat(Pushes.nextMessage(other)).isEqualTo(push);
            assertThat(Pushes.messagesSoFar(own)).isEmpty();
        }
    }

    @Test
    default void roomMessageMayBeSentAsAnOperationAndRetried() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        String frame =
                "{\"op\":\"room_message\",\"room_id\":\"" + roomId + "\",\"message\":\"m\",\"client_msg_id\":\"n1\"}";
        try (ImSocket socket = user.listen()) {
            JsonObject first = Pushes.reply(socket, frame);
            JsonObject again = Pushes.reply(socket, frame);

            assertThat(first.get("code").getAsInt()).isEqualTo(200);
            assertThat(again.get("data")).isEqualTo(first.get("data"));
            assertThat(user.history(roomId)).hasSize(1);
        }
    }

    @Test
    default void sameClientMsgIdOverRestAndWebSocketIsOneSend() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        JsonObject sent = user.post("rm/room/room_message", "room_id", roomId, "message", "m", "client_msg_id", "n1")
                .data();
        try (ImSocket socket = user.roomSender()) {
            socket.send(frame(roomId, "m", ",\"client_msg_id\":\"n1\""));
            assertThat(socket.next().getAsJsonObject("data")).isEqualTo(sent);
        }
    }

    @Test
    default void reusedClientMsgIdWithAnotherTextIsAConflictOnEveryTransport() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        String more = ",\"op\":\"room_message\",\"client_msg_id\":\"n1\"";
        try (ImSocket sending = user.roomSender();
                ImSocket listening = user.listen()) {
            user.post("rm/room/room_message", "room_id", roomId, "message", "one", "client_msg_id", "n1");
            sending.send(frame(roomId, "two", more));
            assertThat(sending.next().get("error").getAsString()).isEqualTo("conflict");
            JsonObject reply = Pushes.reply(listening, frame(roomId, "three", more));
            assertThat(reply.get("op").getAsString()).isEqualTo("reply");
            assertThat(reply.get("error").getAsString()).isEqualTo("conflict");
        }
        assertThat(user.history(roomId)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'no_such_op'} | unknown_op",
                "{'op':''} | unknown_op",
                "{'ref':1} | malformed_frame",
                "{'op':'single_message','message':'m'} | missing_parameter",
                "{'op':'single_message','to_user_id':'a b','message':'m'} | invalid_parameter",
                "{'op':'room_message','room_id':'none','message':'m'} | room_not_found"
            })
    default void refusedOperationGetsAReplyWithTheError(String frame, String error) {
        try (ImSocket socket = anyUser().listen()) {
            JsonObject reply = Pushes.reply(socket, frame.replace('\'', '"'));
            assertThat(reply.get("op").getAsString()).isEqualTo("reply");
            assertThat(reply.get("code").getAsInt()).isEqualTo(-1);
            assertThat(reply.get("error").getAsString()).isEqualTo(error);
            assertThat(Pushes.messagesSoFar(socket)).isEmpty();
        }
    }

    @Test
    default void sendingConnectionGetsNoPushes() {
        ImUser user = anyUser();
        ImUser other = anyUser();
        String roomId = user.roomWith(other);
        try (ImSocket socket = user.roomSender()) {
            other.say(roomId, "not for a sender");
            socket.send(frame(roomId, "m", ",\"ref\":\"" + ImClient.anyUser() + "\""));
            assertThat(socket.next().has("ref")).isTrue();
        }
    }

    private static String frame(String roomId, String message, String more) {
        return "{\"room_id\":\"" + roomId + "\",\"message\":\"" + message + "\"" + more + "}";
    }
}
