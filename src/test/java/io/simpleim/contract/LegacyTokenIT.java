package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.HandmadeTokens;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.RawHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Tokens of an earlier system, on a server that accepts them and whose clock the tests move. */
class LegacyTokenIT {
    private static final MutableClock CLOCK = new MutableClock(Instant.now());
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static ConfiguredServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Logger ours = (Logger) LoggerFactory.getLogger("io.simpleim.bootstrap");
        LOGGED.start();
        ours.addAppender(LOGGED);
        try {
            server = ConfiguredServer.start(folder, Map.of("IM_LOGIN_LEGACYSECRET", "im"), CLOCK);
        } finally {
            ours.detachAppender(LOGGED);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ImUser user(String token) {
        return new ImUser(new ImClient(server.base()), "10000200275", token);
    }

    @Test
    void startLogsAWarning() {
        assertThat(LOGGED.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("take [login] legacySecret out"));
    }

    @Test
    void legacyTokenWorksUntilLogout() {
        ImUser old = user(HandmadeTokens.PUBLISHED);
        ImUser friend = ImUser.loggedIn(old.client(), ImClient.anyUser());
        try (ImSocket listening = old.listen()) {
            assertThat(old.write(friend.id(), "hello").code()).isEqualTo(200);
            assertThat(friend.write(old.id(), "hello yourself").code()).isEqualTo(200);
            assertThat(Pushes.nextMessage(listening).get("message_data").getAsString())
                    .isEqualTo("hello yourself");
            assertThat(old.get("u/user/get_session_list").list()).hasSize(1);

            assertThat(old.post("u/user/login_out").code()).isEqualTo(200);
            assertThat(listening.closeCode()).isEqualTo(4001);
        }
        assertThat(old.get("u/user/get_session_list").error()).isEqualTo("token_expired");
        assertThat(old.inAnotherSession().get("u/user/get_session_list").list()).hasSize(1);
    }

    @Test
    void openConnectionsCloseWhenTheTokenExpires() {
        long expiry = CLOCK.instant().plusSeconds(3600).getEpochSecond();
        ImUser old = user(HandmadeTokens.of("im", "{\"user_id\":10000200275,\"login_expire\":\"" + expiry + "\"}"));
        ImSocket listening = old.listen();
        ImSocket sending = old.roomSender();
        CLOCK.advance(Duration.ofHours(1));

        Pushes.nextEvent(listening, "disconnect");
        assertThat(listening.closeCode()).isEqualTo(4003);
        assertThat(sending.closeCode()).isEqualTo(4003);
        Answer again = RawHttp.handshake(server.base(), "u/user/connect", "token: " + old.token());
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.error()).isEqualTo("token_expired");
    }

    @Test
    void legacyTokenNamingASessionIsRefused() {
        ImUser victim = ImUser.loggedIn(new ImClient(server.base()), ImClient.anyUser());
        String sessionId = victim.get("u/user/get_session_list")
                .list()
                .get(0)
                .getAsJsonObject()
                .get("session_id")
                .getAsString();
        String forged = HandmadeTokens.of(
                "im", "{\"user_id\":\"" + victim.id() + "\",\"login_expire\":0,\"jti\":\"" + sessionId + "\"}");
        assertThat(user(forged).get("u/user/get_session_list").error()).isEqualTo("unauthenticated");
    }
}
