package io.simpleim.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tuned Tomcat behind a trusted proxy whose expression contains characters that are special to a shell. */
class ProxiedTomcatIT {
    private static final Map<String, String> BEHIND_LOOPBACK =
            Map.of("IM_HTTP_TRUSTEDPROXIES", "(127\\.0\\.0\\.1|10\\.[0-9]{1,3}\\.0\\.1)$");

    @ParameterizedTest
    @EnumSource
    void trustsTheProxyButMakesNoCallerLocal(TomcatVersion version) throws IOException {
        try (TomcatDistribution tomcat = TomcatDistribution.tuned(version, BEHIND_LOOPBACK)) {
            assertThat(get(tomcat, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https")
                            .header("Strict-Transport-Security"))
                    .startsWith("max-age=");
            assertThat(login(tomcat, "X-Forwarded-For: 127.0.0.1").error()).isEqualTo("partner_key_required");
            assertThat(login(tomcat, "X-Real-IP: 127.0.0.1").error()).isEqualTo("partner_key_required");

            tomcat.stop();
            assertThat(TunedTomcatIT.logs(tomcat)).contains("203.0.113.9 GET /health/live 200");
            assertThat(tomcat.output()).doesNotContain("no trusted proxy");
        }
    }

    private static Answer get(TomcatDistribution tomcat, String... headers) {
        return RawHttp.send(tomcat.base(), "GET health/live", List.of(headers), new byte[0]);
    }

    private static Answer login(TomcatDistribution tomcat, String forwarded) {
        byte[] body = ("user_id=" + ImClient.anyUser()).getBytes(StandardCharsets.US_ASCII);
        List<String> headers =
                List.of("Content-Type: application/x-www-form-urlencoded", "Content-Length: " + body.length, forwarded);
        return RawHttp.send(tomcat.base(), "POST user/get_login_token", headers, body);
    }
}
