package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.BodyForm;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All content types of a body mean the same. */
interface BodyFormsContract extends ApiSuite {
    /** Chinese, emoji of one and several code points, and the separators of the content types. */
    String TEXT = "你好，世界 🙂 👨‍👩‍👧 é & = % + \" \\ ; --x\r\n{\"a\":1}";

    @ParameterizedTest
    @EnumSource
    default void everyFormCarriesAnyTextUnchanged(BodyForm form) {
        ImUser user = anyUser();
        String roomId = user.roomWith();

        Answer answer = form.post(
                client(),
                user.token(),
                "rm/room/room_message",
                ImClient.params("room_id", roomId, "message", TEXT, "message_type", 7));

        assertThat(answer.code()).isEqualTo(200);
        JsonObject stored = user.history(roomId).get(0).getAsJsonObject();
        assertThat(stored.get("MessageData").getAsString()).isEqualTo(TEXT);
        assertThat(stored.get("MessageType").getAsInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    default void everyFormMeansTheSameSend(BodyForm form) {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        var parameters = ImClient.params("room_id", roomId, "message", "once", "client_msg_id", "n1");
        Answer first = user.post("rm/room/room_message", "room_id", roomId, "message", "once", "client_msg_id", "n1");

        Answer again = form.post(client(), user.token(), "rm/room/room_message", parameters);

        assertThat(again.data()).isEqualTo(first.data());
    }

    @ParameterizedTest
    @EnumSource
    default void everyFormNamesAMissingParameter(BodyForm form) {
        ImUser user = anyUser();
        Answer answer =
                form.post(client(), user.token(), "rm/room/room_message", ImClient.params("message", "to nobody"));

        assertThat(answer.error()).isEqualTo("missing_parameter");
        assertThat(answer.json().get("parameter").getAsString()).isEqualTo("room_id");
    }

    @Test
    default void jsonNumberIsAcceptedForText() {
        String userId = Long.toString(System.nanoTime());
        Answer login = client().postJson("", "user/get_login_token", "{\"user_id\":" + userId + "}");
        ImUser user = new ImUser(client(), userId, login.data().get("token").getAsString());
        String roomId = user.roomWith();

        client().postJson(user.token(), "rm/room/room_message", "{\"room_id\":\"" + roomId + "\",\"message\":1.50}");

        JsonObject stored = user.history(roomId).get(0).getAsJsonObject();
        assertThat(stored.get("MessageData").getAsString()).isEqualTo("1.50");
        assertThat(stored.get("SendUserId").getAsString()).isEqualTo(userId);
    }

    @Test
    default void textIsAcceptedForANumber() {
        ImUser user = anyUser();
        String body = "{\"room_id\":\"" + user.roomWith() + "\",\"message\":\"m\",\"message_type\":\"9999\"}";
        assertThat(client().postJson(user.token(), "rm/room/room_message", body).code())
                .isEqualTo(200);
    }

    @Test
    default void filePartIsRefusedAsText() {
        ImUser user = anyUser();
        String body = "--b\r\nContent-Disposition: form-data; name=\"room_id\"\r\n\r\n" + user.roomWith()
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"message\"; filename=\"m.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nm\r\n--b--\r\n";
        Answer answer = client().send(client().request("rm/room/room_message")
                .header("token", user.token())
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.error()).isEqualTo("invalid_parameter");
        assertThat(answer.json().get("parameter").getAsString()).isEqualTo("message");
    }

    @Test
    default void unknownJsonMembersAreIgnored() {
        ImUser user = anyUser();
        String body = "{\"room_id\":\"" + user.roomWith()
                + "\",\"message\":\"m\",\"x\":null,\"y\":[1,{\"z\":true}],\"Header\":{\"token\":\"garbage\"}}";
        assertThat(client().postJson(user.token(), "rm/room/room_message", body).code())
                .isEqualTo(200);
    }

    @Test
    default void aCallWithoutParametersNeedsNeitherABodyNorAContentType() {
        ImUser user = anyUser();
        Answer answer = client().send(client().request("rm/room/create_room")
                .header("token", user.token())
                .POST(BodyPublishers.noBody()));
        assertThat(answer.code()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON; Charset=utf-8",
                "application/x-www-form-urlencoded; charset=UTF-8",
                "text/plain"
            })
    default void callWithoutParametersAcceptsAnEmptyBodyOfAnyType(String type) {
        Answer answer = client().send(client().request("rm/room/create_room")
                .header("token", anyUser().token())
                .header("Content-Type", type)
                .POST(BodyPublishers.noBody()));
        assertThat(answer.code()).isEqualTo(200);
    }

    @Test
    default void formMayNameItsCharset() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        byte[] body = ("room_id=" + roomId + "&message=h\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        client().send(client().request("rm/room/room_message")
                .header("token", user.token())
                .header("Content-Type", "application/x-www-form-urlencoded; charset=ISO-8859-1")
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(user.history(roomId)
                        .get(0)
                        .getAsJsonObject()
                        .get("MessageData")
                        .getAsString())
                .isEqualTo("h\u00e9");
    }
}
