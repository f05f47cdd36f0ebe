package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.Answer;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.SlowClients;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browser pages of the server's own origin, of a listed one, and of others. */
class OriginIT implements ApiSuite {
    private static final String SHOP = "https://shop.example";
    private static final String EVIL = "https://evil.example";
    private static final int MORE_THAN_THREADS = 250;
    private static final String CONNECT = "u/user/connect";
    private static final String CREATE = "rm/room/create_room";
    private static final String LOGIN = "user/get_login_token";

    @RegisterExtension
    static final DeploymentExtension SERVER = new DeploymentExtension(
            () -> EmbeddedDeployment.start(Map.of("IM_WEB_ALLOWEDORIGINS", "https://Shop.example:443")));

    @Override
    public Deployment deployment() {
        return SERVER.deployment();
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, "rm/room/room_message"})
    void handshakeFromOwnListedOrNoOriginIsAccepted(String path) {
        String own = deployment().base().toString().replaceAll("/$", "");
        String token = "token: " + anyUser().token();

        assertThat(handshake(path, token, "Origin: " + own).status()).isEqualTo(101);
        assertThat(handshake(path, token, "Origin: " + SHOP).status()).isEqualTo(101);
        assertThat(handshake(path, token).status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, "rm/room/room_message"})
    void handshakeFromAnotherOriginIsRefusedWhateverTheToken(String path) {
        String token = "token: " + anyUser().token();

        refuses(handshake(path, token, "Origin: " + EVIL));
        refuses(handshake(path, token, "Origin: null"));
        refuses(handshake(path, token, "Origin: http://shop.example"));
        refuses(handshake(path, "Origin: " + EVIL));
        refuses(handshake(path, "token: garbage", "Origin: " + EVIL));
    }

    private Answer handshake(String path, String... headers) {
        return RawHttp.handshake(deployment().base(), path, headers);
    }

    private static void refuses(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error()).isEqualTo("origin_not_allowed");
        assertThat(answer.msg()).isNotEmpty();
    }

    @Test
    void refusedHandshakesAreCounted() {
        handshake(CONNECT, "Origin: " + EVIL);

        assertThat(client().get("", "metrics", Map.of()).body())
                .containsPattern("simpleim_refusals_total\\{reason=\"origin_not_allowed\"} [1-9]");
    }

    @Test
    void listedOriginMayCallAndReadTheAnswer() {
        Answer answer =
                client().send(call(CREATE, SHOP).header("token", anyUser().token()));

        assertThat(answer.code()).isEqualTo(200);
        readable(answer);
    }

    @Test
    void listedOriginMayReadErrors() {
        String token = anyUser().token();

        Answer unauthenticated = client().send(call(CREATE, SHOP));
        assertThat(unauthenticated.error()).isEqualTo("unauthenticated");
        readable(unauthenticated);
        Answer method = client().send(client().request(CREATE)
                .header("Origin", SHOP)
                .header("token", token)
                .DELETE());
        assertThat(method.error()).isEqualTo("method_not_allowed");
        readable(method);
        Answer tooLarge = client().send(client().request(CREATE)
                .header("Origin", SHOP)
                .header("token", token)
                .POST(BodyPublishers.ofByteArray(new byte[131_073])));
        assertThat(tooLarge.error()).isEqualTo("too_large");
        readable(tooLarge);
    }

    private static void readable(Answer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
        assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo("Retry-After");
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void preflightTellsWhatAListedOriginMaySend() {
        Answer answer = preflight(CREATE, SHOP);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
        assertThat(list(answer.header("Access-Control-Allow-Methods"))).contains("GET", "POST");
        assertThat(list(answer.header("Access-Control-Allow-Headers")))
                .containsExactlyInAnyOrder("token", "Authorization", "Content-Type", "Accept-Language");
        assertThat(Integer.parseInt(answer.header("Access-Control-Max-Age"))).isPositive();
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
    }

    @Test
    void otherOriginGetsNoCorsHeadersButItsRequestIsServed() {
        Answer preflight = preflight(CREATE, EVIL);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Allow")).isEqualTo("POST");
        tellsNothing(preflight);

        Answer call = client().send(call(CREATE, EVIL).header("token", anyUser().token()));
        assertThat(call.code()).isEqualTo(200);
        assertThat(call.headers().allValues("Vary")).contains("Origin");
        tellsNothing(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN, "metrics"})
    void backEndCallsGetNoCorsHeaders(String path) {
        Answer preflight = preflight(path, SHOP);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Allow")).isNotEmpty();
        tellsNothing(preflight);
        tellsNothing(client().send(call(path, SHOP)));
    }

    @Test
    void optionsWithoutPreflightIsAnsweredAsUsual() {
        Answer answer = client().send(client().request(CREATE).method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        tellsNothing(answer);
    }

    @Test
    void preflightWithASlowBodyBlocksNobody() {
        String beginning = "OPTIONS /" + CREATE + " HTTP/1.1\r\nHost: HOST\r\nOrigin: " + SHOP
                + "\r\nAccess-Control-Request-Method: POST\r\nContent-Length: 1000\r\n\r\na";
        try (SlowClients slow = SlowClients.begin(deployment().base(), MORE_THAN_THREADS, beginning)) {
            // Several preflights, since the first may precede some of the slow ones.
            CompletableFuture<List<Integer>> others = CompletableFuture.supplyAsync(
                    () -> Stream.generate(() -> preflight(CREATE, SHOP).status())
                            .limit(20)
                            .toList());
            await().until(() -> {
                slow.send("b");
                return others.isDone();
            });
            assertThat(others.join()).containsOnly(204);
        }
    }

    private HttpRequest.Builder call(String path, String origin) {
        return client().request(path)
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("user_id=" + ImClient.anyUser()));
    }

    private Answer preflight(String path, String origin) {
        List<String> headers = List.of(
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type,token");
        return RawHttp.send(deployment().base(), "OPTIONS " + path, headers, new byte[0]);
    }

    private static void tellsNothing(Answer answer) {
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }

    private static List<String> list(String header) {
        return Arrays.stream(header.split(",")).map(String::strip).toList();
    }
}
