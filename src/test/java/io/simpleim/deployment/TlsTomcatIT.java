package io.simpleim.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ClientHello;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.TestCertificate;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS without a proxy, using the files of {@code tomcat-conf}, two PEM files and one variable. */
class TlsTomcatIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void servesHttpsAndWssWithModernTlsOnly(TomcatVersion version) throws IOException {
        try (TestCertificate certificate = TestCertificate.unknown();
                TomcatDistribution tomcat =
                        TomcatDistribution.withTls(version, certificate, "-Djava.security.properties=" + lax())) {
            HttpClient http = HttpClient.newBuilder()
                    .sslContext(certificate.trustingIt())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            assertServesHttpsWithHsts(new ImClient(tomcat.base(), http));
            assertPushesOverWss(new ImClient(tomcat.base(), http), http);
            takesTls12AndNothingOlder(tomcat);
        }
    }

    /** The JDK may allow broken protocols; the server must not depend on it. */
    private Path lax() throws IOException {
        return Files.writeString(folder.resolve("lax.security"), "jdk.tls.disabledAlgorithms=\n");
    }

    private static void assertServesHttpsWithHsts(ImClient client) {
        Answer answer = client.get("", "health/live", Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(client.get("", "no/such/path", Map.of()).body()).doesNotContain("Tomcat");
    }

    private static void assertPushesOverWss(ImClient client, HttpClient http) {
        String receiver = ImClient.anyUser();
        String origin = client.base().toString().replaceAll("/$", "");
        String token = client.login(receiver);
        try (ImSocket socket = ImSocket.connect(
                http,
                client.base(),
                "u/user/connect",
                builder -> builder.header("token", token).header("Origin", origin))) {
            Answer sent = client.post(
                    client.login(ImClient.anyUser()),
                    "rm/room/single_message",
                    ImClient.params("to_user_id", receiver, "message", "hello"));
            JsonObject push = socket.next();
            assertThat(push.get("message_id")).isEqualTo(sent.data().get("message_id"));
        }
    }

    private static void takesTls12AndNothingOlder(TomcatDistribution tomcat) {
        assertThat(ClientHello.isAnswered(tomcat.base(), ClientHello.TLS_1_2)).isTrue();
        assertThat(ClientHello.isAnswered(tomcat.base(), ClientHello.TLS_1_1)).isFalse();
        assertThat(ClientHello.isAnswered(tomcat.base(), ClientHello.TLS_1_0)).isFalse();
    }
}
