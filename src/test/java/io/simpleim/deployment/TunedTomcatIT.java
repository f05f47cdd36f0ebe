package io.simpleim.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of the {@code tomcat-conf} files beyond a working server. */
class TunedTomcatIT {
    @ParameterizedTest
    @EnumSource
    void revealsNoInternals(TomcatVersion version) throws IOException {
        try (TomcatDistribution tomcat = TomcatDistribution.tuned(version)) {
            assertTomcatsOwnAnswersRevealNothing(tomcat);
            RawHttp.send(tomcat.base(), "GET health/live", List.of("X-Forwarded-For: 203.0.113.9"), new byte[0]);
            assertNoTokenInAnyLog(tomcat);
            assertUnknownProxyWasIgnored(tomcat);
        }
    }

    private static void assertUnknownProxyWasIgnored(TomcatDistribution stopped) throws IOException {
        assertThat(logs(stopped)).contains("127.0.0.1 GET /health/live 200").doesNotContain("203.0.113.9");
        assertThat(stopped.output()).contains("came from 127.0.0.1, which is no trusted proxy");
    }

    private static void assertNoTokenInAnyLog(TomcatDistribution tomcat) throws IOException {
        ImClient client = new ImClient(tomcat.base());
        String token = client.login(ImClient.anyUser());
        ImSocket.connect(tomcat.base(), "u/user/connect?token=" + token, builder -> builder)
                .close();
        client.get("", "rm/room/get_room_list", Map.of("token", token));
        client.get("", "rm/room/get_room_list", Map.of("token", token));
        client.get("", "no/such/path", Map.of("token", token));
        // Stopping flushes the access log.
        tomcat.stop();

        String log = logs(tomcat);
        assertThat(log).contains("GET /u/user/connect 101", "GET /rm/room/get_room_list 200", "GET /no/such/path 404");
        assertThat(log).doesNotContain(token);
        // These include the audit log, with the count of suppressed entries at the end.
        assertThat(Files.readString(tomcat.file("logs/simpleim-audit.log")))
                .contains("\"event\":\"login\"")
                .contains("\"path\":\"/rm/room/get_room_list\",\"error\":\"unauthenticated\",\"count\":1}");
    }

    private static void assertTomcatsOwnAnswersRevealNothing(TomcatDistribution tomcat) throws IOException {
        String answer = raw(tomcat.base(), "GET /<script> HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(answer).doesNotContain("Tomcat", "Exception", "\r\nServer:", "X-Powered-By");
    }

    private static String raw(URI base, String request) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            try (InputStream answer = socket.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** All logs, read after the stop, since the access log is buffered. */
    static String logs(TomcatDistribution tomcat) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(tomcat.file("logs"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
