package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that parameters accept; a refusal names the missing or invalid one. */
interface ParametersContract extends ApiSuite {
    @ParameterizedTest(name = "{0} without {2}")
    @MethodSource("io.simpleim.contract.ParameterCases#required")
    default void missingParameterIsNamed(String call, Map<String, Object> parameters, String parameter) {
        Answer answer = call(call, parameters);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.error()).isEqualTo("missing_parameter");
        assertThat(answer.json().get("parameter").getAsString()).isEqualTo(parameter);
    }

    @ParameterizedTest(name = "{index} {0} with another {2}")
    @MethodSource("io.simpleim.contract.ParameterCases#invalid")
    default void invalidParameterIsNamed(String call, Map<String, Object> parameters, String parameter) {
        Answer answer = call(call, parameters);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.error()).isEqualTo("invalid_parameter");
        assertThat(answer.json().get("parameter").getAsString()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "null", "[]", "{}"})
    default void nonTextJsonValueIsInvalid(String value) {
        ImUser user = anyUser();
        Answer answer = client().postJson(
                        user.token(),
                        "rm/room/room_message",
                        "{\"room_id\":\"" + user.roomWith() + "\",\"message\":" + value + "}");

        assertThat(answer.error()).isEqualTo("invalid_parameter");
        assertThat(answer.json().get("parameter").getAsString()).isEqualTo("message");
    }

    @Test
    default void aUserIdMayHave64CharactersOfAnyScript() {
        String start = ImClient.anyUser() + "-_.@:/?#%$";
        String userId = start + "😀".repeat(32) + "é".repeat(64 - 32 - start.length());
        ImUser user = ImUser.loggedIn(client(), userId);

        assertThat(userId.codePointCount(0, userId.length())).isEqualTo(64);
        assertThat(user.write(ImClient.anyUser(), "m").code()).isEqualTo(200);
    }

    @Test
    default void messageAtTheByteLimitIsAccepted() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        String longest = "好".repeat(5461) + "a";

        assertThat(user.say(roomId, longest).code()).isEqualTo(200);
        assertThat(user.history(roomId)
                        .get(0)
                        .getAsJsonObject()
                        .get("MessageData")
                        .getAsString())
                .isEqualTo(longest);
    }

    @Test
    default void applicationMessageTypesArePassedThrough() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        for (int type : new int[] {1, 2, 9999}) {
            user.post("rm/room/room_message", "room_id", roomId, "message", "m", "message_type", type);
            assertThat(user.history(roomId)
                            .get(0)
                            .getAsJsonObject()
                            .get("MessageType")
                            .getAsInt())
                    .isEqualTo(type);
        }
    }

    @Test
    default void aClientMsgIdMayHave64Characters() {
        ImUser user = anyUser();
        Answer answer = user.post(
                "rm/room/room_message", "room_id", user.roomWith(), "message", "m", "client_msg_id", "😀".repeat(64));
        assertThat(answer.code()).isEqualTo(200);
    }

    private Answer call(String call, Map<String, Object> parameters) {
        ImUser host = anyUser();
        Map<String, Object> filled = new HashMap<>(parameters);
        filled.computeIfPresent("room_id", (name, room) -> host.roomWith());
        filled.replaceAll((name, value) -> value.equals("{user}") ? anyUser().id() : value);
        String path = call.split(" ")[1];
        return call.startsWith("GET")
                ? client().get(host.token(), path, filled)
                : client().post(host.token(), path, filled);
    }
}
