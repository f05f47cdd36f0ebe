package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.simpleim.http.filter.UnnamedProxyFilter;
import io.simpleim.testing.Answer;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which proxies may state a caller's address and scheme. */
class ProxyIT {
    private static final String LOOPBACK = "127\\.0\\.0\\.1|::1";
    private static final String KEY = "a-key-of-the-shop-0123456789-0123456789";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        log().addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        log().detachAppender(logged);
    }

    @Test
    void trustedProxyIsBelievedButMakesNoCallerLocal() {
        try (EmbeddedDeployment server = EmbeddedDeployment.behind(LOOPBACK, Map.of())) {
            assertThat(isSecure(get(server, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https")))
                    .isTrue();
            assertThat(isSecure(get(server, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http")))
                    .isFalse();
            refuses(login(server, "X-Forwarded-For: 203.0.113.9"));
            refuses(login(server, "X-Forwarded-For: 127.0.0.1"));
            refuses(login(server, "X-Forwarded-For: ::1"));
            refuses(login(server, "X-Forwarded-For: 127.0.0.2"));
            refuses(login(server, "X-Forwarded-For: 203.0.113.9, 127.0.0.1"));
            refuses(login(server, "X-Forwarded-For: 127.0.0.1, 203.0.113.9"));
            // A proxy that does not name its client.
            refuses(login(server));
            assertThat(get(server, "X-Forwarded-For: 127.0.0.1").error()).isEqualTo("partner_key_required");
            assertThat(logged.list).isEmpty();
        }
    }

    @Test
    void partnersGetTokensThroughATrustedProxy() {
        try (EmbeddedDeployment server =
                EmbeddedDeployment.behind(LOOPBACK, Map.of("IM_PARTNER_KEYS", "shop:" + KEY))) {
            refuses(login(server, "X-Forwarded-For: 203.0.113.9"));
            assertThat(login(server, "X-Forwarded-For: 203.0.113.9", "X-Partner-Key: " + KEY)
                            .code())
                    .isEqualTo(200);
        }
    }

    @Test
    void unknownProxyIsIgnoredAndLoggedOnce() {
        try (EmbeddedDeployment server = EmbeddedDeployment.behind("10\\.0\\.0\\.1", Map.of())) {
            assertProxyIgnored(server);
        }
    }

    @Test
    void withoutTrustedProxiesEveryProxyIsIgnoredAndLoggedOnce() {
        try (EmbeddedDeployment server = EmbeddedDeployment.start()) {
            get(server);
            assertThat(logged.list).isEmpty();
            assertProxyIgnored(server);
        }
    }

    private void assertProxyIgnored(EmbeddedDeployment server) {
        assertThat(isSecure(get(server, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https")))
                .isFalse();
        refuses(login(server, "X-Forwarded-For: 127.0.0.1"));
        refuses(login(server, "X-Forwarded-For: 203.0.113.9"));
        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .contains("came from 127.0.0.1, which is no trusted proxy")
                    .contains("IM_HTTP_TRUSTEDPROXIES", "--trusted-proxies");
        });
    }

    private static Answer get(Deployment server, String... headers) {
        return RawHttp.send(server.base(), "GET metrics", List.of(headers), new byte[0]);
    }

    private static boolean isSecure(Answer answer) {
        return answer.header("Strict-Transport-Security").startsWith("max-age=");
    }

    private static Answer login(Deployment server, String... headers) {
        byte[] body = ("user_id=" + ImClient.anyUser()).getBytes(StandardCharsets.US_ASCII);
        Stream<String> own =
                Stream.of("Content-Type: application/x-www-form-urlencoded", "Content-Length: " + body.length);
        return RawHttp.send(
                server.base(),
                "POST user/get_login_token",
                Stream.concat(own, Arrays.stream(headers)).toList(),
                body);
    }

    private static void refuses(Answer answer) {
        assertThat(answer.error()).isEqualTo("partner_key_required");
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(UnnamedProxyFilter.class);
    }
}
