package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ForgedTokens;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.RawHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places where a token is accepted, and requests without a valid one. */
interface TokenPlacesContract extends ApiSuite {
    String CREATE = "rm/room/create_room";
    String CONNECT = "u/user/connect";
    String ROOM_MESSAGE = "rm/room/room_message";

    @Test
    default void callAcceptsTheTokenInItsOwnHeader() {
        assertThat(anyUser().post(CREATE).code()).isEqualTo(200);
    }

    @Test
    default void callAcceptsABearerToken() {
        assertThat(create("Authorization", "Bearer " + anyUser().token()).code())
                .isEqualTo(200);
        assertThat(create("authorization", "bearer " + anyUser().token()).code())
                .isEqualTo(200);
    }

    @Test
    default void otherAuthorizationSchemesAreIgnored() {
        assertThat(create("Authorization", "Basic " + anyUser().token()).error())
                .isEqualTo("unauthenticated");
    }

    @Test
    default void getAcceptsABearerToken() {
        Answer answer = client().send(client().request("rm/room/get_room_list")
                .header("Authorization", "Bearer " + anyUser().token())
                .GET());
        assertThat(answer.code()).isEqualTo(200);
    }

    @Test
    default void jsonBodyMayCarryTheTokenInItsHeaderObject() {
        assertThat(client().postJson("", CREATE, documented(anyUser().token())).code())
                .isEqualTo(200);
    }

    @Test
    default void tokenInTheBodyCountsOnlyWithoutTheHeader() {
        ImUser user = anyUser();
        assertThat(client().postJson("garbage", CREATE, documented(user.token()))
                        .error())
                .isEqualTo("unauthenticated");
        assertThat(client().postJson(user.token(), CREATE, documented("garbage"))
                        .code())
                .isEqualTo(200);
    }

    @Test
    default void aCallWithoutATokenIsUnauthenticated() {
        Answer post = client().post("", CREATE, Map.of());
        Answer get = client().get("", "rm/room/get_room_list", Map.of());

        assertThat(post.status()).isEqualTo(200);
        assertThat(post.error()).isEqualTo("unauthenticated");
        assertThat(get.error()).isEqualTo("unauthenticated");
    }

    @Test
    default void tokenInTheQueryOfACallIsIgnored() {
        Answer answer = client().post("", CREATE + "?token=" + anyUser().token(), Map.of());
        assertThat(answer.error()).isEqualTo("unauthenticated");
    }

    @Test
    default void aForgedTokenIsUnauthenticated() {
        ImUser user = anyUser();
        ForgedTokens.of(user.token(), ImClient.anyUser())
                .forEach((what, token) -> assertThat(
                                client().post(token, CREATE, Map.of()).error())
                        .as(what)
                        .isEqualTo("unauthenticated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, ROOM_MESSAGE})
    default void handshakeAcceptsTheTokenInAHeader(String path) {
        opens(path, anyUser(), "token: %s");
        opens(path, anyUser(), "Authorization: Bearer %s");
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, ROOM_MESSAGE})
    default void handshakeAcceptsTheTokenAsASubprotocolAndSelectsTheOther(String path) {
        String token = anyUser().token();
        try (ImSocket socket = ImSocket.connect(
                deployment().base(), path, builder -> builder.subprotocols("im.v1", "token." + token))) {
            assertThat(socket.subprotocol()).isEqualTo("im.v1");
            socket.send("{\"op\":\"ping\",\"ref\":1}");
            assertThat(socket.next().get("ref").getAsInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, ROOM_MESSAGE})
    default void handshakeAcceptsTheTokenInTheQuery(String path) {
        String token = anyUser().token();
        assertThat(RawHttp.handshake(deployment().base(), path + "?token=" + token)
                        .status())
                .isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, ROOM_MESSAGE})
    default void aHandshakeWithoutATokenIsRefusedWithTheEnvelope(String path) {
        refuses(RawHttp.handshake(deployment().base(), path), "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, ROOM_MESSAGE})
    default void aHandshakeWithAForgedTokenIsRefusedWithTheEnvelope(String path) {
        ForgedTokens.of(anyUser().token(), ImClient.anyUser())
                .values()
                .forEach(token ->
                        refuses(RawHttp.handshake(deployment().base(), path, "token: " + token), "unauthenticated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, ROOM_MESSAGE})
    default void aHandshakeWithTheTokenOfAnEndedSessionIsRefusedWithTheEnvelope(String path) {
        ImUser user = anyUser();
        user.post("u/user/login_out");
        refuses(RawHttp.handshake(deployment().base(), path, "token: " + user.token()), "token_expired");
    }

    @Test
    default void refusedHandshakeUsesTheClientsLanguage() {
        Answer answer = RawHttp.handshake(deployment().base(), CONNECT, "Accept-Language: en");
        assertThat(answer.msg()).isEqualTo("Not authenticated");
    }

    private Answer create(String header, String value) {
        return client().send(client().request(CREATE).header(header, value).POST(BodyPublishers.noBody()));
    }

    private static String documented(String token) {
        return "{\"Header\":{\"token\":\"" + token + "\"},\"Body\":{}}";
    }

    private void opens(String path, ImUser user, String header) {
        Answer answer = RawHttp.handshake(deployment().base(), path, String.format(header, user.token()));
        assertThat(answer.status()).isEqualTo(101);
    }

    private static void refuses(Answer handshake, String error) {
        assertThat(handshake.status()).isEqualTo(401);
        assertThat(handshake.header("Content-Type")).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(JsonParser.parseString(handshake.body()).isJsonObject()).isTrue();
        assertThat(handshake.code()).isEqualTo(-1);
        assertThat(handshake.error()).isEqualTo(error);
    }
}
