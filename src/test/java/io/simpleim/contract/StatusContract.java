package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.StoredDocuments;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with an HTTP status other than 200: the endpoint did not evaluate the request. */
interface StatusContract extends ApiSuite {
    String SEND = "rm/room/room_message";
    String FORM = "application/x-www-form-urlencoded";
    String JSON = "application/json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"room_id\":",
                "{\"room_id\":\"x\"",
                "{'room_id':'x'}",
                "{\"room_id\":\"x\"} trailing",
                "{\"room_id\":\"x\",\"room_id\":\"y\"}",
                "[{\"room_id\":\"x\"}]",
                "\"room_id\"",
                "null",
                "{\"message\":\"half a pair: \\ud800\"}",
                "room_id=x"
            })
    default void bodyThatIsNotOneJsonObjectIsMalformed(String body) {
        refuses(400, "malformed_body", post(JSON, BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"message=%", "message=%4", "message=%zz", "%f=1", "message=%ff", "message=%E5%A5", "a=%１１"})
    default void formWithInvalidPercentEncodingIsMalformed(String body) {
        refuses(400, "malformed_body", post(FORM, BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {FORM, JSON})
    default void nonUtf8BodyIsMalformed(String type) {
        byte[] body = "{\"message\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
        refuses(400, "malformed_body", post(type, BodyPublishers.ofByteArray(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhel",
                "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhello\r\n",
                "--b\r\nContent-Disposition: form-da"
            })
    default void truncatedMultipartBodyIsMalformed(String body) {
        refuses(400, "malformed_body", post("multipart/form-data; boundary=b", BodyPublishers.ofString(body)));
    }

    @Test
    default void multipartBodyWithoutBoundaryIsMalformed() {
        refuses(400, "malformed_body", post("multipart/form-data", BodyPublishers.ofString("--b--\r\n")));
    }

    @Test
    default void nonUtf8MultipartTextIsMalformed() {
        byte[] body = "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n\u00ff\r\n--b--\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        refuses(400, "malformed_body", post("multipart/form-data; boundary=b", BodyPublishers.ofByteArray(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"room_id=%zz", "room_id=%ff"})
    default void queryWithInvalidPercentEncodingIsMalformed(String query) {
        Answer answer = RawHttp.send(
                deployment().base(),
                "GET rm/room/get_room_message_list?" + query,
                List.of("token: " + anyUser().token()),
                new byte[0]);
        refuses(400, "malformed_body", answer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, rm/room/no_such_call",
        "POST, rm/room/no_such_call",
        "PUT, rm/room/no_such_call",
        "DELETE, no/such/path",
        "POST, rm/room/create_room/",
        "GET, rm/room/get_room_list/",
        "POST, rm/room/create_room/more",
        "POST, RM/ROOM/CREATE_ROOM",
        "GET, u/user/connect/",
        "GET, WEB-INF/web.xml",
        "POST, rm"
    })
    default void unknownPathIsNotFoundForEveryCaller(String method, String path) {
        Answer answer = send(method, path, anyUser().token());
        refuses(404, "not_found", answer);
        assertThat(answer.header("Allow")).isEmpty();
        refuses(404, "not_found", send(method, path, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user/get_login_token | POST | GET HEAD PUT DELETE PATCH",
                "user/get_session_list | POST | GET PUT DELETE",
                "user/end_sessions | POST | GET PUT DELETE",
                "u/user/login_out | POST | GET PUT DELETE",
                "u/user/get_session_list | GET, HEAD | POST PUT DELETE",
                "u/user/end_sessions | POST | GET PUT DELETE",
                "u/user/connect | GET | POST PUT DELETE HEAD",
                "rm/room/single_message | POST | GET PUT DELETE",
                "rm/room/create_room | POST | GET PUT DELETE",
                "rm/room/enter_room | POST | GET PUT DELETE",
                "rm/room/invite_user_enter_room | POST | GET PUT DELETE",
                "rm/room/exit_room | POST | GET PUT DELETE",
                "rm/room/kick_out_room | POST | GET PUT DELETE",
                "rm/room/set_room_name | POST | GET PUT DELETE",
                "rm/room/room_message | GET, POST | HEAD PUT DELETE",
                "rm/room/get_room_list | GET, HEAD | POST PUT DELETE",
                "rm/room/get_room_member_list | GET, HEAD | POST PUT DELETE",
                "rm/room/get_room_message_list | GET, HEAD | POST PUT DELETE",
                "health/live | GET, HEAD | POST DELETE",
                "health/ready | GET, HEAD | POST DELETE"
            })
    default void wrongMethodIsRefusedWithTheAllowedOnes(String path, String allowed, String refused) {
        for (String method : refused.split(" ")) {
            Answer answer = send(method, path, "");
            assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
            assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder(allowed.split(", "));
            if (!method.equals("HEAD")) {
                refuses(405, "method_not_allowed", answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FORM, JSON, "multipart/form-data; boundary=b"})
    default void bodyOverTheLimitIsTooLarge(String type) {
        refuses(413, "too_large", post(type, BodyPublishers.ofByteArray(new byte[131_073])));
    }

    @ParameterizedTest
    @ValueSource(strings = {FORM, JSON})
    default void chunkedBodyOverTheLimitIsTooLarge(String type) {
        refuses(413, "too_large", post(type, inChunks(new byte[131_073])));
    }

    @Test
    default void chunkedMultipartBodyOverTheLimitIsTooLarge() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n" + "x".repeat(131_073)
                + "\r\n--b--\r\n";
        refuses(
                413,
                "too_large",
                post("multipart/form-data; boundary=b", inChunks(part.getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    default void bodyAtTheLimitIsRead() {
        ImUser user = anyUser();
        String json = "{\"message\":\"m\",\"room_id\":\"" + user.roomWith() + "\"}";
        String body = json + " ".repeat(131_072 - json.length());
        assertThat(client().postJson(user.token(), SEND, body).code()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/json2",
                "nonsense",
                JSON + ";charset=none-such",
                JSON + ";charset=ISO-2022-CN"
            })
    default void bodyOfAnotherTypeIsUnsupported(String type) {
        refuses(415, "unsupported_media_type", post(type, BodyPublishers.ofString("{\"room_id\":\"x\"}")));
    }

    @Test
    default void unknownContentTypeIsUnsupportedWhateverTheBody() {
        refuses(415, "unsupported_media_type", post("image/png", BodyPublishers.ofByteArray(new byte[] {-1, -2, -3})));
    }

    @Test
    default void bodyWithoutContentTypeIsUnsupported() {
        Answer answer = client().send(client().request(SEND)
                .header("token", anyUser().token())
                .POST(BodyPublishers.ofString("room_id=x")));
        refuses(415, "unsupported_media_type", answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/user/connect", "rm/room/room_message"})
    default void plainGetOnAWebSocketPathIsToldToUpgrade(String path) {
        Answer answer = send("GET", path, anyUser().token());
        refuses(426, "upgrade_required", answer);
        assertThat(answer.header("Upgrade")).isEqualToIgnoringCase("websocket");
        refuses(426, "upgrade_required", send("GET", path, ""));
    }

    @Test
    default void internalErrorRevealsOnlyARequestId() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        try (StoredDocuments stored = stored()) {
            // A corrupt document, which no rule of the server expects.
            stored.set("room", "room_id", roomId, "user_ids", List.of(1, 2));
        }
        Answer answer = user.say(roomId, "m");

        refuses(500, "internal_error", answer);
        assertThat(answer.msg()).isEqualTo("系统错误");
        assertThat(answer.json().keySet()).containsExactlyInAnyOrder("code", "msg", "error", "request_id");
        assertThat(answer.json().get("request_id").getAsString()).isNotEmpty();
        assertThat(answer.body())
                .doesNotContain("Exception")
                .doesNotContain("at io.")
                .doesNotContain("java.");
    }

    private Answer post(String type, BodyPublisher body) {
        return client().send(client().request(SEND)
                .header("token", anyUser().token())
                .header("Content-Type", type)
                .POST(body));
    }

    private static BodyPublisher inChunks(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private Answer send(String method, String path, String token) {
        return client().send(client().request(path).header("token", token).method(method, BodyPublishers.noBody()));
    }

    private static void refuses(int status, String error, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error()).isEqualTo(error);
    }
}
