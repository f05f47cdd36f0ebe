package io.simpleim.standalone;

import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Start, stop and restart of a standalone server, and conflicts with another one. */
@Timeout(120)
class StandaloneIT {
    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at .*\\(");

    @TempDir
    Path folder;

    private JarProcess start() {
        return JarProcess.start(folder, "--port", "0", "--data", "data");
    }

    @Test
    void stopsCleanlyAndHasEverythingAfterARestart() {
        String anna = ImClient.anyUser();
        String token;
        String roomId;
        try (JarProcess server = start()) {
            ImClient client = server.client();
            token = client.login(anna);
            roomId = client.post(token, "rm/room/create_room", params())
                    .data()
                    .get("roomId")
                    .getAsString();
            assertThat(seq(send(client, token, roomId))).isEqualTo(1);
            try (ImSocket socket = ImSocket.listen(server.base(), token)) {
                server.terminate();
                assertThat(socket.closeCode()).isEqualTo(1001);
            }
            assertThat(server.exitCode()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(server.lines()).last().asString().endsWith("Stopped");
            assertThat(server.output())
                    .doesNotContain("ERROR")
                    .doesNotContain("WARN")
                    .doesNotContain("Exception");
        }
        try (JarProcess server = start()) {
            ImClient client = server.client();
            Answer history = client.get(token, "rm/room/get_room_message_list", params("room_id", roomId));
            assertThat(history.list()).hasSize(1);
            assertThat(seq(send(client, token, roomId))).isEqualTo(2);
        }
    }

    @Test
    void keepsItsSecretAndItsDataFolderToItself() throws IOException {
        try (JarProcess server = start()) {
            String taken = String.valueOf(server.base().getPort());
            Path secret = folder.resolve("data/secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            try (JarProcess second = start();
                    JarProcess onItsPort = JarProcess.start(folder, "--port", taken, "--data", "other")) {
                assertRefused(second, "does not start", "mongo.mv.db");
                assertRefused(onItsPort, "does not start", taken);
            }
            assertThat(server.client().login(ImClient.anyUser())).isNotEmpty();
        }
    }

    @Test
    void trustsTheProxiesNamedByItsOption() {
        try (JarProcess server = JarProcess.start(folder, "--port", "0", "--trusted-proxies", "127\\.0\\.0\\.1")) {
            Answer answer =
                    server.client().send(server.client().request("health/live").header("X-Forwarded-Proto", "https"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Strict-Transport-Security")).isNotEmpty();
        }
    }

    private static void assertRefused(JarProcess refused, String... said) {
        assertThat(refused.exitCode()).isPositive();
        assertThat(refused.output()).contains(said).doesNotContainPattern(STACK_TRACE);
    }

    private static Answer send(ImClient client, String token, String roomId) {
        return client.post(token, "rm/room/room_message", params("room_id", roomId, "message", "text"));
    }

    private static long seq(Answer sent) {
        return sent.data().get("seq").getAsLong();
    }
}
