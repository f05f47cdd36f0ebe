package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.Answer;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.RawWebSocket;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits on WebSockets, on a server that accepts five. */
class ConnectionLimitsIT implements ApiSuite {
    private static EmbeddedDeployment server;

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.start(Map.of(
                "IM_LIMITS_CONNECTIONS",
                "5",
                "IM_LIMITS_CONNECTIONSPERUSER",
                "2",
                "IM_LIMITS_FRAMEBURST",
                "20",
                "IM_LIMITS_FRAMESPERSECOND",
                "1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public Deployment deployment() {
        return server;
    }

    @Test
    void connectionOverTheUsersLimitIsClosedWith4029() {
        ImUser user = anyUser();
        try (ImSocket first = user.listen();
                ImSocket second = user.roomSender();
                ImSocket third = user.connect()) {
            assertThat(third.closeCode()).isEqualTo(4029);
            assertThat(metrics())
                    .contains("simpleim_refusals_total{reason=\"connectionsPerUser\"}")
                    .contains("simpleim_closes_total{code=\"4029\"}");
            first.send("{\"op\":\"ping\"}");
            assertThat(first.next().get("op").getAsString()).isEqualTo("pong");
            assertThat(second.waiting()).isZero();
        }
        // A closed connection frees its slot.
        await().untilAsserted(() -> {
            try (ImSocket again = user.connect()) {
                again.send("{\"op\":\"ping\"}");
                assertThat(again.next().get("op").getAsString()).isEqualTo("pong");
            }
        });
    }

    @Test
    void abruptDisconnectFreesItsSlot() {
        ImUser user = anyUser();
        for (int i = 0; i < 10; i++) {
            RawWebSocket.connect(server.base(), user.token()).close();
        }
        await().untilAsserted(() -> {
            try (ImSocket again = user.connect()) {
                again.send("{\"op\":\"ping\"}");
                assertThat(again.next().get("op").getAsString()).isEqualTo("pong");
            }
        });
    }

    @Test
    void fullServerRefusesHandshakesAndServesRequests() {
        ImUser one = anyUser();
        ImUser two = anyUser();
        ImUser three = anyUser();
        await().until(() -> metrics().contains("simpleim_connections 0.0"));
        try (ImSocket a = one.listen();
                ImSocket b = one.listen();
                ImSocket c = two.listen();
                ImSocket d = two.listen();
                ImSocket e = three.listen()) {
            Answer refused = RawHttp.handshake(server.base(), "u/user/connect", "token: " + three.token());

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error()).isEqualTo("unavailable");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            assertThat(metrics()).contains("simpleim_refusals_total{reason=\"connections\"}");
            assertThat(three.say(three.roomWith(), "m").code()).isEqualTo(200);
            assertThat(a.waiting() + b.waiting() + c.waiting() + d.waiting() + e.waiting())
                    .isZero();
        }
    }

    @Test
    void framesOtherThanMessagesAreRateLimited() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        try (ImSocket socket = user.connect()) {
            for (int i = 0; i < 20; i++) {
                socket.send(i % 2 == 0 ? "{\"op\":\"ping\"}" : "no frame");
                socket.next();
            }
            socket.send("{\"op\":\"ping\",\"ref\":7}");
            var refused = socket.next();

            assertThat(refused.get("op").getAsString()).isEqualTo("reply");
            assertThat(refused.get("ref").getAsInt()).isEqualTo(7);
            assertThat(refused.get("error").getAsString()).isEqualTo("rate_limited");
            assertThat(refused.get("retry_after").getAsInt()).isPositive();
            assertThat(metrics()).contains("simpleim_refusals_total{reason=\"framesPerSecond\"}");
            // Messages have a limit of their own.
            socket.send("{\"op\":\"room_message\",\"room_id\":\"" + roomId + "\",\"message\":\"m\"}");
            assertThat(socket.next().get("code").getAsInt()).isEqualTo(200);
            // A send that is invalid anyway counts like any other frame.
            socket.send("{\"op\":\"room_message\",\"room_id\":\"" + roomId + "\"}");
            assertThat(socket.next().get("error").getAsString()).isIn("rate_limited", "missing_parameter");
        }
    }

    @Test
    void roomChangesAreRateLimitedLikeFrames() {
        ImUser user = anyUser();
        // Far more than a slow machine could refill meanwhile.
        Answer refused = IntStream.range(0, 2000)
                .mapToObj(i -> user.post("rm/room/create_room"))
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(refused.error()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(user.rooms()).isNotEmpty();
        assertThat(anyUser().post("rm/room/create_room").code()).isEqualTo(200);
    }

    @Test
    void clientThatIgnoresTheRateLimitIsDisconnected() {
        ImUser user = anyUser();
        try (ImSocket socket = user.connect()) {
            for (int i = 0; i < 100; i++) {
                socket.send("{\"op\":\"no such\"}");
            }
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }

    private String metrics() {
        return client().send(client().request("metrics")).body();
    }
}
