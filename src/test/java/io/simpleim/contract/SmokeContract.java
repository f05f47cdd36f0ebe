package io.simpleim.contract;

import static io.simpleim.testing.ImClient.anyUser;
import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the parts are put together: one request through each of them. */
interface SmokeContract extends ApiSuite {
    @Test
    default void isReady() {
        assertThat(client().get("", "health/ready", Map.of()).status()).isEqualTo(200);
    }

    @Test
    default void carriesAMessageFromRestToWebSocket() {
        String sender = anyUser();
        String receiver = anyUser();
        try (ImSocket socket = ImSocket.listen(deployment().base(), client().login(receiver))) {
            Answer sent = client().post(
                            client().login(sender),
                            "rm/room/single_message",
                            params("to_user_id", receiver, "message", "你好 \uD83D\uDC4B"));
            assertThat(sent.code()).isEqualTo(200);

            JsonObject push = socket.next();
            assertThat(push.get("message_data").getAsString()).isEqualTo("你好 \uD83D\uDC4B");
            assertThat(push.get("send_user_id").getAsString()).isEqualTo(sender);
            assertThat(push.get("seq").getAsLong()).isEqualTo(1);
            assertThat(push.get("message_id")).isEqualTo(sent.data().get("message_id"));
        }
    }

    @Test
    default void answersAnUnknownPathInTheEnvelope() {
        Answer answer = client().get("", "no/such/path", Map.of());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error()).isEqualTo("not_found");
    }
}
