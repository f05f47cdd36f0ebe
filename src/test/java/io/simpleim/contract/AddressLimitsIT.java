package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.Answer;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.SlowClients;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits per address. A trusted proxy names the addresses. */
class AddressLimitsIT {
    private static final String KEY = "a-key-of-the-shop-0123456789-0123456789";
    private static final int BURST = 20;

    private static EmbeddedDeployment server;

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.behind(
                "127\\.0\\.0\\.1",
                Map.of(
                        "IM_PARTNER_KEYS",
                        "shop:" + KEY,
                        "IM_LIMITS_LOGINSPERSECOND",
                        "1",
                        "IM_LIMITS_LOGINBURST",
                        Integer.toString(BURST),
                        "IM_LIMITS_HANDSHAKESPERSECOND",
                        "1",
                        "IM_LIMITS_HANDSHAKEBURST",
                        Integer.toString(BURST),
                        "IM_LIMITS_CONNECTIONSPERADDRESS",
                        "1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tokenRequestsAreLimitedWithAKnownOrAGuessedKey() {
        Answer refused = firstRefusal(() -> login("203.0.113.1", "X-Partner-Key: a-guess"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        // The right key does not help an address that has guessed too often.
        assertThat(firstRefusal(() -> login("203.0.113.1", "X-Partner-Key: " + KEY))
                        .status())
                .isEqualTo(429);
        assertThat(login("203.0.113.2", "X-Partner-Key: " + KEY).code()).isEqualTo(200);
        assertThat(metrics()).contains("simpleim_refusals_total{reason=\"loginsPerSecond\"}");
    }

    @Test
    void handshakesAreLimitedWhateverTheToken() {
        Answer refused = firstRefusal(() ->
                RawHttp.handshake(server.base(), "u/user/connect", "token: a guess", "X-Forwarded-For: 203.0.113.3"));

        assertThat(refused.error()).isEqualTo("rate_limited");
        assertThat(RawHttp.handshake(server.base(), "u/user/connect", "token: a guess", "X-Forwarded-For: 203.0.113.4")
                        .error())
                .isEqualTo("unauthenticated");
        assertThat(metrics()).contains("simpleim_refusals_total{reason=\"handshakesPerSecond\"}");
    }

    @Test
    void connectionsAreLimitedAcrossUsers() {
        try (ImSocket first = connect("ann", "203.0.113.5");
                ImSocket second = connect("bob", "203.0.113.5");
                ImSocket elsewhere = connect("bob", "203.0.113.6")) {
            assertThat(second.closeCode()).isEqualTo(4029);
            for (ImSocket open : List.of(first, elsewhere)) {
                open.send("{\"op\":\"ping\"}");
                assertThat(open.next().get("op").getAsString()).isEqualTo("pong");
            }
            assertThat(metrics()).contains("simpleim_refusals_total{reason=\"connectionsPerAddress\"}");
        }
    }

    @Test
    void slowChunkedBodiesOfOneAddressLockNobodyElseOut() {
        String beginning = "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-For: 203.0.113.7\r\n"
                + "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n5\r\n{";
        int clients = 40;
        int places = 16;
        try (SlowClients slow = SlowClients.begin(server.base(), clients, beginning)) {
            await().until(() ->
                    IntStream.range(0, clients).filter(slow::hasAnswer).count() == clients - places);

            byte[] body = "9\r\nuser_id=a\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
            Answer other = RawHttp.send(
                    server.base(),
                    "POST user/get_login_token",
                    List.of(
                            "X-Forwarded-For: 203.0.113.8",
                            "X-Partner-Key: " + KEY,
                            "Content-Type: application/x-www-form-urlencoded",
                            "Transfer-Encoding: chunked"),
                    body);
            assertThat(other.code()).isEqualTo(200);
        }
    }

    /** Far more than a slow machine could refill meanwhile. */
    private static Answer firstRefusal(Supplier<Answer> call) {
        return IntStream.range(0, 100 * BURST)
                .mapToObj(i -> call.get())
                .filter(answer -> "rate_limited".equals(answer.json().has("error") ? answer.error() : ""))
                .findFirst()
                .orElseThrow();
    }

    private static Answer login(String address, String... headers) {
        byte[] body = "user_id=ann".getBytes(StandardCharsets.UTF_8);
        return RawHttp.send(
                server.base(),
                "POST user/get_login_token",
                List.of(
                        "X-Forwarded-For: " + address,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + body.length,
                        headers[0]),
                body);
    }

    private static ImSocket connect(String userId, String address) {
        ImClient client = new ImClient(server.base());
        String token = client.send(client.request("user/get_login_token")
                        .header("X-Partner-Key", KEY)
                        .header("X-Forwarded-For", "203.0.113.200")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("user_id=" + userId)))
                .data()
                .get("token")
                .getAsString();
        return ImSocket.connect(
                server.base(),
                "u/user/connect",
                builder -> builder.header("token", token).header("X-Forwarded-For", address));
    }

    private static String metrics() {
        ImClient client = new ImClient(server.base());
        return client.send(client.request("metrics").header("X-Partner-Key", KEY))
                .body();
    }
}
