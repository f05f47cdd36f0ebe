package io.simpleim.standalone;

import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.standalone.store.EmbeddedRedis;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.OwnedPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share the stores of a third process. */
@Timeout(120)
class SharedStoresIT {
    private static final Pattern READY = Pattern.compile("mongo at (\\S+), redis at (\\S+)$");

    @TempDir
    Path folder;

    private final OwnedPort redisPort = OwnedPort.claim();
    private JarProcess stores;
    private JarProcess nodeA;
    private JarProcess nodeB;

    @BeforeEach
    void start() {
        stores = JarProcess.start(
                folder, "stores", "--data", "stores", "--mongo-port", "0", "--redis-port", redisPort.toString());
        Matcher ready = READY.matcher(stores.readyLine());
        assertThat(ready.find()).as(stores.readyLine()).isTrue();
        assertThat(ready.group(2)).isEqualTo(redisPort.address());
        Map<String, String> environment = Map.of(
                "IM_MONGO_ADDRESS",
                ready.group(1),
                "IM_REDIS_ADDRESS",
                ready.group(2),
                "IM_LOGIN_SECRET",
                "0123456789abcdef0123456789abcdef");
        nodeA = JarProcess.start(folder, environment, List.of(), "--port", "0", "--data", "a");
        nodeB = JarProcess.start(folder, environment, List.of(), "--port", "0", "--data", "b");
    }

    @AfterEach
    void stop() {
        nodeA.close();
        nodeB.close();
        stores.close();
        redisPort.close();
    }

    @Test
    void aLogoutOnOneNodeIsKnownOnTheOtherWithAndWithoutRedis() {
        ImClient atA = nodeA.client();
        ImClient atB = nodeB.client();
        String token = atA.login("anna");
        try (ImSocket socket = ImSocket.listen(nodeB.base(), token)) {
            assertThat(send(atB, token).code()).isEqualTo(200);
            logout(atA, token);
            assertEnded(atB, token);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(send(atB, token).error()).isEqualTo("token_expired"));
            assertClosedAsLoggedOut(socket);
        }

        String other = atA.login("anna");
        try (ImSocket socket = ImSocket.listen(nodeB.base(), other)) {
            stores.children().forEach(redis -> {
                redis.destroyForcibly();
                redis.onExit().join();
            });
            logout(atA, other);
            assertEnded(atB, other);
            try (EmbeddedRedis back = EmbeddedRedis.start(folder.resolve("redis"), redisPort.number())) {
                assertThat(back.port()).isEqualTo(redisPort.number());
                assertClosedAsLoggedOut(socket);
            }
        }

        // Without Redis they stop too, and log no error.
        nodeA.terminate();
        assertThat(nodeA.exitCode()).isEqualTo(128 + 15);
        assertThat(nodeA.output()).doesNotContain("ERROR").endsWith("Stopped");
    }

    private static void logout(ImClient client, String token) {
        assertThat(client.post(token, "u/user/login_out", params()).code()).isEqualTo(200);
    }

    private static Answer send(ImClient client, String token) {
        return client.post(token, "rm/room/single_message", params("to_user_id", "bert", "message", "text"));
    }

    private static void assertEnded(ImClient client, String token) {
        assertThat(client.get(token, "rm/room/get_room_list", params()).error()).isEqualTo("token_expired");
    }

    private static void assertClosedAsLoggedOut(ImSocket socket) {
        JsonObject event = socket.next();
        assertThat(event.get("message_type").getAsInt()).isEqualTo(10001);
        assertThat(event.get("event").getAsString()).isEqualTo("disconnect");
        assertThat(socket.closeCode()).isEqualTo(4001);
    }
}
