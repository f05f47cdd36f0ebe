package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.Exposition;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store fails under a running server and recovers. */
class OutageIT implements ApiSuite {
    private static ConfiguredServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = ConfiguredServer.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public Deployment deployment() {
        return server;
    }

    @Test
    void withoutMongoCallsAreUnavailableUntilItIsBack() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        user.say(roomId, "before");
        try (ImSocket socket = user.inAnotherSession().listen()) {
            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo("before");
            server.stopMongo();

            unavailable(user.say(roomId, "during"));
            JsonObject refused = Pushes.ask(socket, "op", "ack", "room_id", roomId, "seq", 1);
            assertThat(refused.get("error").getAsString()).isEqualTo("unavailable");
            unavailable(client().post("", "user/get_login_token", Map.of("user_id", user.id())));
            Answer ready = health("ready");
            unavailable(ready);
            assertThat(state(ready, "mongo")).isEqualTo("down");
            assertThat(state(ready, "redis")).isEqualTo("up");
            Exposition shown = Exposition.of(client());
            assertThat(shown.value("simpleim_store_up", "store", "mongodb")).isZero();
            assertThat(shown.value("simpleim_store_up", "store", "redis")).isEqualTo(1);
            assertThat(shown.value("simpleim_mongo_calls_seconds_count", "outcome", "unavailable"))
                    .isPositive();
            assertThat(shown.value(
                            "simpleim_http_requests_seconds_count",
                            "path",
                            "/rm/room/room_message",
                            "outcome",
                            "unavailable"))
                    .isEqualTo(1);
            assertThat(shown.value("simpleim_frames_seconds_count", "op", "ack", "outcome", "unavailable"))
                    .isEqualTo(1);
            assertThat(health("live").status()).isEqualTo(200);

            server.startMongo();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(health("ready").status()).isEqualTo(200));
            assertThat(user.say(roomId, "after").code()).isEqualTo(200);
            assertThat(Exposition.of(client()).value("simpleim_store_up", "store", "mongodb"))
                    .isEqualTo(1);
            // The connection has survived the outage.
            JsonObject push = Pushes.nextMessage(socket);
            assertThat(push.get("message_data").getAsString()).isEqualTo("after");
            assertThat(push.get("seq").getAsLong()).isEqualTo(2);
            JsonObject taken = Pushes.ask(socket, "op", "ack", "room_id", roomId, "seq", 2);
            assertThat(taken.get("code").getAsInt()).isEqualTo(200);
        }
    }

    @Test
    void withoutRedisMessagesAreSentAndSessionsEnd() {
        ImUser sender = anyUser();
        ImUser receiver = anyUser();
        try (ImSocket socket = receiver.listen()) {
            server.stopRedis();

            Answer ready = health("ready");
            unavailable(ready);
            assertThat(state(ready, "redis")).isEqualTo("down");
            assertThat(state(ready, "mongo")).isEqualTo("up");
            Exposition shown = Exposition.of(client());
            assertThat(shown.value("simpleim_store_up", "store", "redis")).isZero();
            assertThat(shown.value("simpleim_store_up", "store", "mongodb")).isEqualTo(1);
            assertThat(shown.value("simpleim_redis_calls_seconds_count", "outcome", "unavailable"))
                    .isPositive();
            assertThat(shown.value("simpleim_cluster_hearing")).isZero();
            assertThat(health("live").status()).isEqualTo(200);
            assertThat(sender.write(receiver.id(), "without Redis").code()).isEqualTo(200);
            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo("without Redis");
            assertThat(receiver.post("u/user/login_out").code()).isEqualTo(200);
            assertThat(receiver.get("rm/room/get_room_list").error()).isEqualTo("token_expired");
            assertThat(socket.closeCode()).isEqualTo(4001);

            server.startRedis();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(health("ready").status()).isEqualTo(200));
        }
    }

    private Answer health(String which) {
        return client().get("", "health/" + which, Map.of());
    }

    private static String state(Answer ready, String store) {
        return ready.data().get(store).getAsString();
    }

    private static void unavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error()).isEqualTo("unavailable");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }
}
