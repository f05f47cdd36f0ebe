package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.StoredDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code sync} operation, by which a client requests missing messages. */
interface SyncContract extends ApiSuite {
    /** The approximate size limit of one answer, in characters. */
    int MOST_CHARS = 256 * 1024;

    @Test
    default void answersExactlyTheRoomsWithNewMessages() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String unknown = host.roomWith(user);
        String behind = host.roomWith(user);
        String complete = host.roomWith(user);
        host.roomWith(user);
        host.sayMany(unknown, 1, 2);
        host.sayMany(behind, 1, 3);
        host.sayMany(complete, 1, 1);
        String single = host.write(user.id(), "m").data().get("room_id").getAsString();
        try (ImSocket socket = user.connectLiveOnly()) {
            JsonObject reply = Pushes.reply(
                    socket,
                    new Gson()
                            .toJson(Map.of(
                                    "op", "sync", "ref", "r", "rooms", Map.of(behind, 1, complete, 1, "none", 7))));
            assertThat(reply.keySet()).containsExactlyInAnyOrder("op", "ref", "code", "msg", "data");
            assertThat(reply.get("ref").getAsString()).isEqualTo("r");
            assertThat(reply.getAsJsonObject("data").keySet()).containsExactly("rooms");
            Map<String, JsonObject> rooms = rooms(reply);
            assertThat(rooms.keySet()).containsExactlyInAnyOrder(unknown, behind, single);
            assertThat(seqs(rooms.get(unknown))).containsExactly(1L, 2L);
            assertThat(seqs(rooms.get(behind))).containsExactly(2L, 3L);
            assertThat(seqs(rooms.get(single))).containsExactly(1L);
            assertThat(rooms.values()).allSatisfy(room -> {
                assertThat(room.keySet())
                        .containsExactlyInAnyOrder("room_id", "room_type", "last_seq", "messages", "complete");
                assertThat(room.get("complete").getAsBoolean()).isTrue();
            });
            assertThat(rooms.get(behind).get("last_seq").getAsLong()).isEqualTo(3);
            assertThat(rooms.get(behind).get("room_type").getAsInt()).isEqualTo(2);
            assertThat(rooms.get(single).get("room_type").getAsInt()).isEqualTo(1);
        }
    }

    @Test
    default void syncedMessageLooksLikeAPush() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String roomId = host.roomWith(user);
        try (ImSocket socket = user.listen()) {
            host.post("rm/room/room_message", "room_id", roomId, "message", "你好 🙂", "message_type", 9);
            JsonObject push = Pushes.nextMessage(socket);
            JsonObject room = rooms(sync(socket, Map.of())).get(roomId);
            assertThat(room.getAsJsonArray("messages").get(0)).isEqualTo(push);
        }
    }

    @Test
    default void limitAppliesPerRoomAndTheNextSyncGetsTheRest() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String one = host.roomWith(user);
        String other = host.roomWith(user);
        host.sayMany(one, 1, 5);
        host.sayMany(other, 1, 2);
        try (ImSocket socket = user.connectLiveOnly()) {
            Map<String, JsonObject> rooms =
                    rooms(Pushes.ask(socket, "op", "sync", "rooms", Map.of(one, 1), "limit", 2));
            assertThat(seqs(rooms.get(one))).containsExactly(2L, 3L);
            assertThat(rooms.get(one).get("complete").getAsBoolean()).isFalse();
            assertThat(rooms.get(one).get("last_seq").getAsLong()).isEqualTo(5);
            assertThat(seqs(rooms.get(other))).containsExactly(1L, 2L);
            assertThat(rooms.get(other).get("complete").getAsBoolean()).isTrue();

            rooms = rooms(Pushes.ask(socket, "op", "sync", "rooms", Map.of(one, 3, other, 2), "limit", 2));
            assertThat(rooms.keySet()).containsExactly(one);
            assertThat(seqs(rooms.get(one))).containsExactly(4L, 5L);
            assertThat(rooms.get(one).get("complete").getAsBoolean()).isTrue();
        }
    }

    @Test
    default void seqBeyondTheHeadResetsTheRoom() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String roomId = host.roomWith(user);
        String empty = host.roomWith(user);
        host.sayMany(roomId, 1, 2);
        try (ImSocket socket = user.connectLiveOnly()) {
            Map<String, JsonObject> rooms = rooms(sync(socket, Map.of(roomId, Long.MAX_VALUE, empty, 1L)));
            assertThat(rooms.keySet()).containsExactlyInAnyOrder(roomId, empty);
            assertThat(rooms.get(roomId).get("reset").getAsBoolean()).isTrue();
            assertThat(rooms.get(roomId).get("last_seq").getAsLong()).isEqualTo(2);
            assertThat(rooms.get(roomId).get("complete").getAsBoolean()).isTrue();
            assertThat(seqs(rooms.get(roomId))).containsExactly(1L, 2L);
            assertThat(rooms.get(empty).get("reset").getAsBoolean()).isTrue();
            assertThat(seqs(rooms.get(empty))).isEmpty();
            assertThat(rooms.get(empty).get("complete").getAsBoolean()).isTrue();
        }
    }

    @Test
    default void roomsThatTheUserIsNotInAreIgnored() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String left = host.roomWith(user);
        String kicked = host.roomWith(user);
        String foreign = host.roomWith();
        String kept = host.roomWith(user);
        for (String roomId : List.of(left, kicked, foreign, kept)) {
            host.say(roomId, "m");
        }
        user.exit(left);
        host.kick(kicked, user.id());
        try (ImSocket socket = user.connectLiveOnly()) {
            assertThat(rooms(sync(socket, Map.of(left, 0L, kicked, 0L, foreign, 0L))))
                    .containsOnlyKeys(kept);
        }
    }

    @Test
    default void messagesFromBeforeAUserEnteredCanBeSynced() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String roomId = host.roomWith();
        host.sayMany(roomId, 1, 2);
        user.enter(roomId);
        try (ImSocket socket = user.connectLiveOnly()) {
            assertThat(seqs(rooms(sync(socket, Map.of())).get(roomId))).containsExactly(1L, 2L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'sync'} | missing_parameter | rooms",
                "{'op':'sync','rooms':null} | invalid_parameter | rooms",
                "{'op':'sync','rooms':[]} | invalid_parameter | rooms",
                "{'op':'sync','rooms':'all'} | invalid_parameter | rooms",
                "{'op':'sync','rooms':{'r':-1}} | invalid_parameter | rooms",
                "{'op':'sync','rooms':{'r':1.5}} | invalid_parameter | rooms",
                "{'op':'sync','rooms':{'r':null}} | invalid_parameter | rooms",
                "{'op':'sync','rooms':{'r':[]}} | invalid_parameter | rooms",
                "{'op':'sync','rooms':{'r':99999999999999999999}} | invalid_parameter | rooms",
                "{'op':'sync','rooms':{},'limit':0} | invalid_parameter | limit",
                "{'op':'sync','rooms':{},'limit':201} | invalid_parameter | limit",
                "{'op':'sync','rooms':{},'limit':'x'} | invalid_parameter | limit"
            })
    default void malformedSyncIsRefused(String frame, String error, String parameter) {
        try (ImSocket socket = anyUser().connectLiveOnly()) {
            JsonObject reply = Pushes.reply(socket, frame.replace('\'', '"'));
            assertThat(reply.get("code").getAsInt()).isEqualTo(-1);
            assertThat(reply.get("error").getAsString()).isEqualTo(error);
            assertThat(reply.get("parameter").getAsString()).isEqualTo(parameter);
        }
    }

    @Test
    default void answersAreBoundedAndRepeatedSyncsFinish() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String text = "x".repeat(16_000);
        Map<String, Long> last = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            String roomId = host.roomWith(user);
            int messages = 10 + i;
            for (int j = 0; j < messages; j++) {
                host.say(roomId, text);
            }
            last.put(roomId, (long) messages);
        }
        try (ImSocket socket = user.connectLiveOnly()) {
            Map<String, Long> held = new HashMap<>();
            Map<String, List<Long>> got = new HashMap<>();
            int answers = 0;
            while (!held.equals(last)) {
                assertThat(answers++).isLessThan(10);
                JsonObject reply = sync(socket, held);
                assertThat(reply.toString().length()).isLessThan(MOST_CHARS + 64 * 1024);
                rooms(reply).forEach((roomId, room) -> {
                    assertThat(room.get("last_seq").getAsLong()).isEqualTo(last.get(roomId));
                    seqs(room).forEach(seq -> {
                        held.put(roomId, seq);
                        got.computeIfAbsent(roomId, id -> new ArrayList<>()).add(seq);
                    });
                    assertThat(room.get("complete").getAsBoolean())
                            .isEqualTo(last.get(roomId).equals(held.get(roomId)));
                });
            }
            got.forEach((roomId, seqs) -> assertThat(seqs)
                    .isEqualTo(
                            LongStream.rangeClosed(1, last.get(roomId)).boxed().toList()));
            assertThat(answers).isGreaterThan(1);
            assertThat(rooms(sync(socket, held))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "3, 200", "2, 1", "1, 1"})
    default void seqWithoutItsTextIsSkipped(int lost, int limit) {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String roomId = host.roomWith(user);
        List<Long> there = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            JsonObject sent = host.say(roomId, "m").data();
            if (i == lost) {
                try (StoredDocuments stored = stored()) {
                    stored.delete(
                            "message", "message_id", sent.get("message_id").getAsString());
                }
            } else {
                there.add((long) i);
            }
        }
        try (ImSocket socket = user.connectLiveOnly()) {
            long held = 0;
            List<Long> got = new ArrayList<>();
            boolean complete = false;
            while (!complete) {
                JsonObject room = rooms(Pushes.ask(socket, "op", "sync", "rooms", Map.of(roomId, held), "limit", limit))
                        .get(roomId);
                complete = room.get("complete").getAsBoolean();
                got.addAll(seqs(room));
                assertThat(complete || got.get(got.size() - 1) > held).isTrue();
                held = got.get(got.size() - 1);
            }
            assertThat(got).isEqualTo(there);
        }
    }

    private static JsonObject sync(ImSocket socket, Map<String, Long> held) {
        return Pushes.ask(socket, "op", "sync", "rooms", held);
    }

    private static Map<String, JsonObject> rooms(JsonObject reply) {
        assertThat(reply.get("code").getAsInt()).as("%s", reply).isEqualTo(200);
        Map<String, JsonObject> rooms = new LinkedHashMap<>();
        for (JsonElement room : reply.getAsJsonObject("data").getAsJsonArray("rooms")) {
            JsonObject object = room.getAsJsonObject();
            assertThat(rooms.put(object.get("room_id").getAsString(), object)).isNull();
        }
        return rooms;
    }

    private static List<Long> seqs(JsonObject room) {
        JsonArray messages = room.getAsJsonArray("messages");
        return messages.asList().stream()
                .map(message -> message.getAsJsonObject().get("seq").getAsLong())
                .toList();
    }
}
