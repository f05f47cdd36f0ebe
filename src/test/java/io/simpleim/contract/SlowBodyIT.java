package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.Exposition;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.SlowClients;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request bodies that never end. */
class SlowBodyIT {
    private static EmbeddedDeployment server;

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.start(Map.of("IM_LIMITS_BODYSECONDS", "1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/user/get_login_token, /user/get_login_token", "/no/such/path, other"})
    void lateBodyIsRefusedAndTheConnectionClosed(String path, String counted) {
        Exposition before = Exposition.of(new ImClient(server.base()));
        String beginning = "POST " + path + " HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n"
                + "Content-Type: application/json\r\n\r\n{";
        try (SlowClients slow = SlowClients.begin(server.base(), 1, beginning)) {
            Awaitility.await().until(() -> {
                slow.send(" ");
                return slow.hasAnswer(0);
            });

            assertThat(slow.answerTo(0))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Connection: close")
                    .contains("\"error\":\"malformed_body\"");
            Exposition shown = Exposition.of(new ImClient(server.base())).since(before);
            assertThat(shown.value("simpleim_refusals_total", "reason", "bodySeconds"))
                    .isEqualTo(1);
            assertThat(shown.value("simpleim_http_requests_seconds_count", "path", counted, "outcome", "refused"))
                    .isEqualTo(1);
        }
    }

    /** Tomcat answers before our filters run, and no thread of Tomcat waits for the rest of the body. */
    @Test
    void bodyForAnUnknownPathIsNotAwaited() {
        String beginning = "POST /WEB-INF/web.xml HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n\r\n";
        try (SlowClients slow = SlowClients.begin(server.base(), 1, beginning)) {
            Awaitility.await().until(() -> slow.hasAnswer(0));
            Awaitility.await().until(() -> {
                slow.send(" ");
                return slow.isEnded(0);
            });
        }
    }

    @Test
    void oversizedBodyIsNotAwaited() {
        String beginning = "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100000000\r\n"
                + "Content-Type: application/json\r\n\r\n" + "x".repeat(3_000_000);
        try (SlowClients slow = SlowClients.begin(server.base(), 1, beginning)) {
            assertThat(slow.answerTo(0)).startsWith("HTTP/1.1 413 ").contains("\"error\":\"too_large\"");
            assertThat(metrics()).contains("simpleim_refusals_total{reason=\"maxBodyBytes\"}");
        }
    }

    @Test
    void abandonedBodyLeavesNothingBehind() {
        String beginning = "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n"
                + "Content-Type: application/json\r\n\r\n{";
        SlowClients.begin(server.base(), 10, beginning).close();

        assertThat(new ImClient(server.base()).login("somebody")).isNotEmpty();
    }

    private static String metrics() {
        ImClient client = new ImClient(server.base());
        return client.send(client.request("metrics")).body();
    }
}
