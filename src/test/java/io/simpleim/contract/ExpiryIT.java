package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.StoredDocuments;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions expire, on a server whose clock the tests move. */
class ExpiryIT implements ApiSuite {
    private final MutableClock clock = new MutableClock(Instant.now());
    private ConfiguredServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = ConfiguredServer.start(folder, Map.of("IM_LOGIN_LOGINEXPIRE", "3600"), clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    public Deployment deployment() {
        return server;
    }

    @Test
    void tokenIsRefusedOnceItExpires() {
        ImUser user = anyUser();
        clock.advance(Duration.ofSeconds(3500));
        Answer before = user.get("rm/room/get_room_list");
        clock.advance(Duration.ofSeconds(100));
        Answer after = user.get("rm/room/get_room_list");

        assertThat(before.code()).isEqualTo(200);
        assertThat(after.error()).isEqualTo("token_expired");
        assertThat(after.msg()).isEqualTo("token已失效");
        assertThat(user.inAnotherSession().get("rm/room/get_room_list").code()).isEqualTo(200);
    }

    @Test
    void handshakeWithAnExpiredTokenIsRefused() {
        ImUser user = anyUser();
        clock.advance(Duration.ofHours(1));
        Answer answer = RawHttp.handshake(server.base(), "u/user/connect", "token: " + user.token());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("token_expired");
    }

    @Test
    void openConnectionsAreToldAndClosedWhenTheirTokenExpires() {
        ImUser user = anyUser();
        ImSocket listening = user.listen();
        ImSocket sending = user.roomSender();
        clock.advance(Duration.ofHours(1));

        JsonObject event = Pushes.nextEvent(listening, "disconnect");
        assertThat(event.get("message_type").getAsInt()).isEqualTo(10001);
        assertThat(event.get("reason").getAsString()).isNotEmpty();
        Pushes.nextEvent(sending, "disconnect");
        assertThat(listening.closeCode()).isEqualTo(4003);
        assertThat(sending.closeCode()).isEqualTo(4003);
    }

    @Test
    void connectionsOfALaterSessionStayOpen() {
        ImUser phone = anyUser();
        ImSocket first = phone.listen();
        clock.advance(Duration.ofMinutes(30));
        try (ImSocket later = phone.inAnotherSession().listen()) {
            clock.advance(Duration.ofMinutes(30));
            assertThat(first.closeCode()).isEqualTo(4003);
            assertThat(Pushes.messagesSoFar(later)).isEmpty();
        }
    }

    @Test
    void expiryOfTheLastSessionLogsTheUserOut() {
        ImUser user = anyUser();
        clock.advance(Duration.ofHours(1));
        try (StoredDocuments stored = stored()) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(stored.one("user", "user_id", user.id())
                                    .get("login_status", Number.class)
                                    .intValue())
                            .isZero());
            assertThat(stored.one("user", "user_id", user.id())
                            .get("last_login_out_time", Number.class)
                            .longValue())
                    .isPositive();
        }
    }
}
