package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Race;
import io.simpleim.testing.StoredDocuments;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals at the configured limits, on a server with small limits. */
class LimitsIT implements ApiSuite {
    private static ConfiguredServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = ConfiguredServer.start(
                folder,
                Map.of(
                        "IM_LIMITS_MESSAGESPERSECOND", "1",
                        "IM_LIMITS_MESSAGEBURST", "3",
                        "IM_LIMITS_MEMBERSPERROOM", "2",
                        "IM_LIMITS_ROOMSPERUSER", "3",
                        "IM_LIMITS_MAXMESSAGEBYTES", "10",
                        "IM_LIMITS_MAXBODYBYTES", "2000",
                        "IM_LIMITS_MAXFRAMEBYTES", "2000",
                        "IM_LIMITS_JSONDEPTH", "4",
                        "IM_LIMITS_JSONMEMBERS", "20"));
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
    void fastSenderIsToldWhenToRetry() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        List<Answer> answers = Race.call(10, i -> user.say(roomId, "m"));
        List<Answer> refused =
                answers.stream().filter(answer -> answer.status() != 200).toList();

        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.code()).isEqualTo(-1);
            assertThat(answer.error()).isEqualTo("rate_limited");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        });
        assertThat(user.history(roomId)).hasSize(answers.size() - refused.size());
    }

    @Test
    void fastSenderOverAWebSocketIsToldWhenToRetry() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        try (ImSocket socket = user.roomSender()) {
            int frames = 50;
            for (int i = 0; i < frames; i++) {
                socket.send("{\"room_id\":\"" + roomId + "\",\"message\":\"m\"}");
            }
            List<JsonObject> answers =
                    IntStream.range(0, frames).mapToObj(i -> socket.next()).toList();
            assertThat(answers)
                    .filteredOn(answer -> answer.get("code").getAsInt() != 200)
                    .isNotEmpty()
                    .allSatisfy(answer ->
                            assertThat(answer.get("error").getAsString()).isEqualTo("rate_limited"));
        }
    }

    @Test
    void rateLimitOfOneUserAffectsNobodyElse() {
        ImUser hasty = anyUser();
        ImUser other = anyUser();
        String roomId = hasty.roomWith(other);
        Race.call(10, i -> hasty.say(roomId, "m"));
        assertThat(other.say(roomId, "m").code()).isEqualTo(200);
    }

    @Test
    void fullRoomRefusesEnterAndInvite() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        ImUser third = anyUser();

        assertThat(third.enter(roomId).error()).isEqualTo("room_full");
        assertThat(host.invite(roomId, third.id()).error()).isEqualTo("room_full");
        assertThat(guest.enter(roomId).code()).isEqualTo(200);
        guest.exit(roomId);
        assertThat(third.enter(roomId).code()).isEqualTo(200);
    }

    @Test
    void concurrentEntersFillTheRoomExactlyToItsLimit() {
        ImUser host = anyUser();
        String roomId = host.roomWith();
        List<ImUser> users = IntStream.range(0, 8).mapToObj(i -> anyUser()).toList();
        List<Answer> answers = Race.call(8, i -> users.get(i).enter(roomId));

        assertThat(answers).filteredOn(answer -> answer.code() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.code() != 200)
                .extracting(Answer::error)
                .containsOnly("room_full");
        try (StoredDocuments stored = stored()) {
            assertThat(stored.all("user_room", "room_id", roomId)).hasSize(2);
            assertThat(stored.one("room", "room_id", roomId)
                            .get("member_count", Number.class)
                            .intValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void userAtTheRoomLimitMustLeaveOneToEnterAnother() {
        ImUser user = anyUser();
        ImUser other = anyUser();
        String roomId = user.roomWith();
        user.roomWith();
        user.roomWith();
        String another = other.roomWith();

        assertThat(user.post("rm/room/create_room").error()).isEqualTo("too_many_rooms");
        assertThat(user.enter(another).error()).isEqualTo("too_many_rooms");
        assertThat(other.invite(another, user.id()).error()).isEqualTo("too_many_rooms");
        assertCounted("roomsPerUser");
        // A single chat does not count.
        assertThat(user.write(other.id(), "m").code()).isEqualTo(200);
        assertThat(anyUser().write(user.id(), "m").code()).isEqualTo(200);
        assertThat(user.enter(roomId).code()).isEqualTo(200);
    }

    @Test
    void messageAndBodySizesAreLimited() {
        ImUser user = anyUser();
        String roomId = user.roomWith();

        assertThat(user.say(roomId, "0123456789").code()).isEqualTo(200);
        assertThat(user.say(roomId, "01234567890").error()).isEqualTo("invalid_parameter");
        assertCounted("maxMessageBytes");
        Answer tooLarge = user.post("rm/room/create_room", "x", "y".repeat(2000));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.error()).isEqualTo("too_large");
        assertCounted("maxBodyBytes");
    }

    @Test
    void frameSizeIsLimited() {
        try (ImSocket socket = anyUser().connect()) {
            socket.send("{\"op\":\"" + "x".repeat(2000) + "\"}");
            assertThat(socket.closeCode()).isEqualTo(1009);
            assertCounted("maxFrameBytes");
        }
    }

    @Test
    void jsonDepthAndMemberCountAreLimited() {
        ImUser user = anyUser();
        String[] texts = {"{\"a\":[[[[1]]]]}", "{\"a\":[1" + ",1".repeat(20) + "]}"};
        try (ImSocket socket = user.connect()) {
            for (String text : texts) {
                Answer answer = client().send(client().request("user/get_login_token")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(text)));
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.error()).isEqualTo("malformed_body");
                socket.send(text);
                assertThat(socket.next().get("error").getAsString()).isEqualTo("malformed_frame");
            }
        }
        assertCounted("jsonDepth");
        assertCounted("jsonMembers");
    }

    @Test
    void refusalsAtLimitsAreCountedInMetrics() {
        fastSenderIsToldWhenToRetry();
        fullRoomRefusesEnterAndInvite();

        assertCounted("messagesPerSecond");
        assertCounted("membersPerRoom");
    }

    private void assertCounted(String limit) {
        assertThat(client().send(client().request("metrics")).body())
                .contains("simpleim_refusals_total{reason=\"" + limit + "\"}");
    }
}
