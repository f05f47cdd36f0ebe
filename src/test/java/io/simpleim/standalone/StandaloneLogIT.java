package io.simpleim.standalone;

import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contents of the log at its most detailed level. */
@Timeout(60)
class StandaloneLogIT {
    private static final String TEXT = "just-between-you-and-me";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @TempDir
    Path folder;

    @Test
    void hasOneLinePerRequestAndNeverATokenOrAMessage() throws Exception {
        try (JarProcess server =
                JarProcess.start(folder, Map.of(), List.of("-Dim.log.level=DEBUG"), "--port", "0", "--data", "data")) {
            ImClient client = server.client();
            String token = client.login("anna");
            client.get("", "rm/room/get_room_list", params("token", token));
            client.post(token, "rm/room/single_message", params("to_user_id", "bert", "message", TEXT));
            client.postJson(token, "rm/room/single_message", "{\"message\":\"" + TEXT);
            client.post(token + "x", "rm/room/create_room", params("name", TEXT));
            try (ImSocket socket = ImSocket.connect(server.base(), "u/user/connect?token=" + token, b -> b)) {
                socket.send("{\"op\":\"single_message\",\"to_user_id\":\"bert\",\"message\":\"" + TEXT + "\"}");
                assertThat(reply(socket).get("code").getAsInt()).isEqualTo(200);
                socket.send(TEXT);
                reply(socket);
            }
            client.post(token, "u/user/login_out", params());

            await().untilAsserted(() ->
                    assertThat(lines(server, "POST /u/user/login_out 200")).isEqualTo(1));
            assertThat(lines(server, "POST /user/get_login_token 200")).isEqualTo(1);
            assertThat(lines(server, "GET /rm/room/get_room_list 200")).isEqualTo(1);
            assertThat(lines(server, "POST /rm/room/single_message 200")).isEqualTo(1);
            assertThat(lines(server, "POST /rm/room/single_message 400")).isEqualTo(1);
            assertThat(lines(server, "POST /rm/room/create_room 200")).isEqualTo(1);
            assertThat(server.output())
                    .doesNotContain(token)
                    .doesNotContain(token.substring(token.lastIndexOf('.')))
                    .doesNotContain(TEXT)
                    .doesNotContain(Files.readString(folder.resolve("data/secret")));
            assertThat(Files.readString(folder.resolve("data/audit.log")))
                    .contains("\"event\":\"login\"", "\"partner\":\"local\"", "\"user_id\":\"anna\"", "logged_out")
                    .doesNotContain(token)
                    .doesNotContain(TEXT);
        }
    }

    @Test
    void thereIsNoAuditLogWhenOnlyStoresRun() throws Exception {
        try (JarProcess stores =
                JarProcess.start(folder, "stores", "--data", "data", "--mongo-port", "0", "--redis-port", "0")) {
            stores.readyLine();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("audit"));
        }
    }

    /** Messages sent over REST may be pushed to a connection that is opened later, before or after an answer. */
    private static JsonObject reply(ImSocket socket) {
        JsonObject frame = socket.next();
        while (!frame.has("op")) {
            frame = socket.next();
        }
        return frame;
    }

    private static long lines(JarProcess server, String request) {
        Pattern line = Pattern.compile(
                ".* DEBUG .*RequestFilter " + UUID + "(?: by local)? " + Pattern.quote(request) + " .*");
        return server.lines().stream().filter(line.asMatchPredicate()).count();
    }
}
