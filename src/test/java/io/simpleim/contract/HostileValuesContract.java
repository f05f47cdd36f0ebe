package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.RawHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values with a meaning to a store or a language have none where text is expected. */
interface HostileValuesContract extends ApiSuite {
    /** In JSON. */
    List<String> NO_TEXTS = List.of(
            "{\"$ne\":null}",
            "{\"$gt\":\"\"}",
            "{\"$where\":\"sleep(1000)\"}",
            "{\"$regex\":\".*\"}",
            "{\"a.b\":1}",
            "{\"__proto__\":{\"code\":200}}",
            "{}",
            "[]",
            "[\"x\"]",
            "[[[[]]]]",
            "true",
            "false",
            "null");

    static Stream<Arguments> textsOfPosts() {
        Stream<Arguments> optional = Stream.of(
                Arguments.of("POST rm/room/create_room", Map.of(), "name"),
                Arguments.of("POST rm/room/room_message", sent(), "client_msg_id"),
                Arguments.of("POST rm/room/room_message", sent(), "message_type"));
        return Stream.concat(ParameterCases.required(), optional)
                .filter(arguments -> arguments.get()[0].toString().startsWith("POST"));
    }

    private static Map<String, Object> sent() {
        return ImClient.params("room_id", "{room}", "message", "m");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("textsOfPosts")
    default void nonTextValuesAreInvalidAndMeanNothingToTheStore(
            String call, Map<String, Object> others, String parameter) {
        ImUser host = anyUser();
        Map<String, Object> body = new HashMap<>(others);
        body.computeIfPresent("room_id", (name, room) -> host.roomWith());
        body.computeIfPresent("user_id", (name, id) -> host.id());
        for (String value : NO_TEXTS) {
            JsonObject json = new Gson().toJsonTree(body).getAsJsonObject();
            json.add(parameter, new Gson().fromJson(value, JsonElement.class));
            // Unlike Gson's toJson, toString writes null members.
            String text = json.toString();
            Answer answer = client().postJson(host.token(), call.split(" ")[1], text);

            assertThat(answer.status()).as(text).isEqualTo(200);
            assertThat(answer.error()).as(text).isEqualTo("invalid_parameter");
            assertThat(answer.json().get("parameter").getAsString()).isEqualTo(parameter);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':?} | op",
                "{'op':'single_message','to_user_id':?,'message':'m'} | to_user_id",
                "{'op':'single_message','to_user_id':'u','message':?} | message",
                "{'op':'room_message','room_id':?,'message':'m'} | room_id",
                "{'op':'room_message','room_id':'r','message':'m','client_msg_id':?} | client_msg_id",
                "{'op':'room_message','room_id':'r','message':'m','message_type':?} | message_type",
                "{'op':'ack','room_id':?,'seq':1} | room_id",
                "{'op':'ack','room_id':'r','seq':?} | seq",
                "{'op':'read','room_id':'r','seq':?} | seq",
                "{'op':'typing','room_id':?} | room_id",
                "{'op':'sync','rooms':{},'limit':?} | limit",
                "{'op':'sync','rooms':{'r':?}} | rooms"
            })
    default void nonTextValueInAFrameIsInvalid(String frame, String parameter) {
        try (ImSocket socket = anyUser().connectLiveOnly()) {
            for (String value : NO_TEXTS) {
                String text = frame.replace('\'', '"').replace("?", value);
                JsonObject reply = Pushes.reply(socket, text);
                assertThat(reply.get("error").getAsString()).as(text).isEqualTo("invalid_parameter");
                assertThat(reply.get("parameter").getAsString()).as(text).isEqualTo(parameter);
            }
        }
    }

    @Test
    default void syncIgnoresUnknownRooms() {
        try (ImSocket socket = anyUser().connectLiveOnly()) {
            JsonObject reply = Pushes.reply(
                    socket,
                    "{\"op\":\"sync\",\"rooms\":{\"\":1,\"$where\":1,\"a.b\":1,\"__proto__\":1,\"\\u0000\":1,\"_id\":1},"
                            + "\"$ne\":{\"x\":null},\"__proto__\":{\"limit\":0},\"ref\":{\"$gt\":\"\"}}");
            assertThat(reply.get("code").getAsInt()).isEqualTo(200);
            assertThat(reply.has("ref")).isFalse();
            assertThat(reply.getAsJsonObject("data").getAsJsonArray("rooms")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$ne",
                "$where:1",
                "a.b",
                ".",
                "..",
                "../../etc/passwd",
                "__proto__",
                "constructor",
                "{\"$gt\":\"\"}",
                "*",
                "im:*",
                "a:b:1",
                "'or'1'='1",
                "<script>alert(1)</script>",
                "${jndi:ldap://127.0.0.1/x}",
                "%00",
                "%s%n",
                "\u202eabc",
                "\ufeffabc",
                "\ud83d\ude00"
            })
    default void strangeButAllowedUserIdIsOnlyAnId(String start) {
        ImUser user = ImUser.loggedIn(client(), start + ImClient.anyUser());
        ImUser other = anyUser();
        String roomId = other.roomWith();

        assertThat(other.invite(roomId, user.id()).code()).isEqualTo(200);
        assertThat(user.say(roomId, "m").code()).isEqualTo(200);
        assertThat(other.write(user.id(), "m").code()).isEqualTo(200);
        assertThat(user.write(other.id(), "m").code()).isEqualTo(200);
        assertThat(user.get("rm/room/get_room_list").list()).hasSize(2);
        assertThat(other.history(roomId)
                        .get(0)
                        .getAsJsonObject()
                        .get("SendUserId")
                        .getAsString())
                .isEqualTo(user.id());
        assertThat(other.kick(roomId, user.id()).code()).isEqualTo(200);
        assertThat(user.say(roomId, "m").error()).isEqualTo("not_in_room");
        assertThat(user.post("u/user/login_out").code()).isEqualTo(200);
    }

    @Test
    default void controlCharactersInMessagesPassThroughUnchanged() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        String text =
                "a\u0000b\u0001\u001b[31m\r\nSet-Cookie: x\u0085\u2028\u202e\ufffe\uffff${jndi:ldap://127.0.0.1/x}";

        Answer first = user.post("rm/room/room_message", "room_id", roomId, "message", text, "client_msg_id", "\0\1\n");
        Answer again = user.post("rm/room/room_message", "room_id", roomId, "message", text, "client_msg_id", "\0\1\n");

        assertThat(again.data()).isEqualTo(first.data());
        assertThat(user.history(roomId)
                        .get(0)
                        .getAsJsonObject()
                        .get("MessageData")
                        .getAsString())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a\u0000b", "$ne", "..", "{room}\u0000", " {room}", "{ROOM}", "{room}0"})
    default void malformedRoomIdIsRoomNotFound(String value) {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        String other = value.replace("{room}", roomId).replace("{ROOM}", roomId.toUpperCase(Locale.ROOT) + "A");

        for (Answer answer : List.of(
                user.say(other, "m"),
                user.enter(other),
                user.exit(other),
                user.kick(other, "x"),
                user.invite(other, "x"),
                user.rename(other, "x"),
                user.members(other),
                user.get("rm/room/get_room_message_list", "room_id", other))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.error()).isEqualTo("room_not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"message=%ED%A0%80", "message=%ED%A0%BD%ED%B8%80", "message=%C0%80", "message=%F4%90%80%80"})
    default void formThatEncodesHalfACharacterIsMalformed(String form) {
        Answer answer = send("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("malformed_body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-7",
                "x-JISAutoDetect",
                "",
                "utf-8; charset=nope",
                "\u00e4",
                "IBM037",
                "UTF-16",
                "UTF-32",
                "ISO-2022-JP"
            })
    default void bodyIsReadInItsCharsetOrRefused(String charset) {
        for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
            for (String body : List.of("{\"room_id\":\"x\"}", "room_id=%61+b", "\u001b$B&", "")) {
                assertRefused(send(type + "; charset=" + charset, body.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
    }

    @Test
    default void jsonInOtherCharsetsIsRead() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        for (String charset : List.of("UTF-16", "UTF-32", "GB18030")) {
            byte[] body = ("{\"room_id\":\"" + roomId + "\",\"message\":\"你好\"}").getBytes(Charset.forName(charset));
            Answer answer = client().send(client().request("rm/room/room_message")
                    .header("token", user.token())
                    .header("Content-Type", "application/json; charset=" + charset)
                    .POST(BodyPublishers.ofByteArray(body)));
            assertThat(answer.code()).as(charset).isEqualTo(200);
        }
    }

    static Stream<Arguments> brokenMultiparts() {
        String end = "--b--\r\n";
        String name = "--b\r\nContent-Disposition: form-data; name=\"room_id\"\r\n";
        return Stream.of(
                Arguments.of("another boundary", "b", (name + "\r\nx\r\n").replace("--b", "--c") + "--c--\r\n"),
                Arguments.of("nothing", "b", ""),
                Arguments.of("the end alone", "b", end),
                Arguments.of("no end", "b", name + "\r\nx\r\n"),
                Arguments.of("no line end", "b", name + "\r\nx--b--"),
                Arguments.of("10,000 parts", "b", "--b\r\n\r\n\r\n".repeat(10_000) + end),
                Arguments.of("1,000 named parts", "b", (name + "\r\n\r\n").repeat(1_000) + end),
                Arguments.of("an enormous header", "b", name + "X: " + "a".repeat(100_000) + "\r\n\r\nx\r\n" + end),
                Arguments.of("10,000 headers", "b", name + "X: a\r\n".repeat(10_000) + "\r\nx\r\n" + end),
                Arguments.of("an enormous name", "b", name.replace("room_id", "a".repeat(100_000)) + "\r\nx\r\n" + end),
                Arguments.of("no name", "b", name.replace("; name=\"room_id\"", "") + "\r\nx\r\n" + end),
                Arguments.of("a name that does not end", "b", name.replace("id\"", "id") + "\r\nx\r\n" + end),
                Arguments.of("a name with NUL", "b", name.replace("_", "\0") + "\r\nx\r\n" + end),
                Arguments.of("no disposition", "b", "--b\r\n\r\nx\r\n" + end),
                Arguments.of("headers that are none", "b", "--b\r\nno colon\r\n\r\nx\r\n" + end),
                Arguments.of("a file", "b", name.replace("_id\"", "_id\"; filename=\"x\"") + "\r\nx\r\n" + end),
                Arguments.of(
                        "a file with NUL", "b", name.replace("_id\"", "_id\"; filename=\"x\0\"") + "\r\nx\r\n" + end),
                Arguments.of(
                        "parts of a part",
                        "b",
                        name + "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n" + end),
                Arguments.of(
                        "a name in another encoding",
                        "b",
                        name.replace("name=", "name*=utf-9''%zz") + "\r\nx\r\n" + end),
                Arguments.of("an encoded word", "b", name.replace("room_id", "=?utf-9?B?zz?=") + "\r\nx\r\n" + end),
                Arguments.of("a long preamble", "b", "x".repeat(100_000) + "\r\n" + name + "\r\nx\r\n" + end),
                Arguments.of("a long epilogue", "b", name + "\r\nx\r\n" + end + "x".repeat(100_000)),
                Arguments.of("an empty boundary", "", end),
                Arguments.of("a boundary in half a quote", "\"b", name + "\r\nx\r\n" + end),
                Arguments.of("a boundary that is not ASCII", "\u00e4", name + "\r\nx\r\n" + end),
                Arguments.of("an enormous boundary", "b".repeat(5_000), "--" + "b".repeat(5_000) + "--\r\n"),
                Arguments.of("another character set", "b; charset=utf-16", name + "\r\nx\r\n" + end),
                Arguments.of("an unknown character set", "b; charset=nope", name + "\r\nx\r\n" + end));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenMultiparts")
    default void brokenMultipartBodyIsRefused(String what, String boundary, String body) {
        assertRefused(send("multipart/form-data; boundary=" + boundary, body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Refused for an unreadable body or for a missing parameter. */
    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 400, 413, 415);
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error())
                .isIn(
                        "malformed_body",
                        "too_large",
                        "unsupported_media_type",
                        "missing_parameter",
                        "invalid_parameter",
                        "room_not_found");
    }

    /** Sends to a call whose required parameter no body supplies. The JDK's client cannot send such a header. */
    private Answer send(String contentType, byte[] body) {
        return RawHttp.send(
                deployment().base(),
                "POST rm/room/room_message",
                List.of(
                        "token: " + anyUser().token(),
                        "Content-Type: " + contentType,
                        "Content-Length: " + body.length),
                body);
    }
}
