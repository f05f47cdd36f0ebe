package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations that move a user's cursors: {@code ack} and {@code read}. */
interface CursorContract extends ApiSuite {
    @ParameterizedTest
    @ValueSource(strings = {"ack", "read"})
    default void isAnsweredWithoutDataAndMovesForwardOnly(String op) {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String roomId = host.roomWith(user);
        host.sayMany(roomId, 1, 4);
        try (ImSocket socket = user.connectLiveOnly()) {
            for (int seq : new int[] {3, 1, 3}) {
                JsonObject reply = Pushes.ask(socket, "op", op, "ref", seq, "room_id", roomId, "seq", seq);
                assertThat(reply.keySet()).containsExactlyInAnyOrder("op", "ref", "code", "msg", "data");
                assertThat(reply.get("op").getAsString()).isEqualTo("reply");
                assertThat(reply.get("ref").getAsInt()).isEqualTo(seq);
                assertThat(reply.get("code").getAsInt()).isEqualTo(200);
                assertThat(reply.getAsJsonObject("data").keySet()).isEmpty();
            }
        }
        try (ImSocket socket = user.connect()) {
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(4L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "read"})
    default void seqOfNoMessageIsRefusedAndChangesNothing(String op) {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String roomId = host.roomWith(user);
        host.say(roomId, "the only one");
        try (ImSocket socket = user.connectLiveOnly()) {
            for (Object seq : List.of(2, Long.MAX_VALUE, 0, -1, 1.5, "x", "", "99999999999999999999", List.of(1))) {
                JsonObject reply = Pushes.ask(socket, "op", op, "room_id", roomId, "seq", seq);
                assertThat(reply.get("error").getAsString()).as("%s", seq).isEqualTo("invalid_parameter");
                assertThat(reply.get("parameter").getAsString()).isEqualTo("seq");
            }
        }
        assertThat(item(user, roomId).get("ReadSeq").getAsLong()).isZero();
        try (ImSocket socket = user.connect()) {
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(1L);
        }
    }

    @ParameterizedTest
    @CsvSource({"ack, room_id", "ack, seq", "read, room_id", "read, seq"})
    default void bothParametersAreRequired(String op, String missing) {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        user.say(roomId, "m");
        try (ImSocket socket = user.connectLiveOnly()) {
            JsonObject reply = missing.equals("seq")
                    ? Pushes.ask(socket, "op", op, "room_id", roomId)
                    : Pushes.ask(socket, "op", op, "seq", 1);
            assertThat(reply.get("error").getAsString()).isEqualTo("missing_parameter");
            assertThat(reply.get("parameter").getAsString()).isEqualTo(missing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "read", "typing"})
    default void onlyMembersMayMoveACursor(String op) {
        ImUser host = anyUser();
        ImUser kicked = anyUser();
        String roomId = host.roomWith(kicked);
        host.say(roomId, "m");
        host.kick(roomId, kicked.id());
        String dismissed = host.roomWith();
        host.say(dismissed, "m");
        host.exit(dismissed);
        String pair = host.write(anyUser().id(), "m").data().get("room_id").getAsString();
        try (ImSocket stranger = anyUser().connectLiveOnly();
                ImSocket former = kicked.connectLiveOnly()) {
            for (ImSocket socket : List.of(stranger, former)) {
                assertThat(error(socket, op, roomId)).isEqualTo("not_in_room");
                assertThat(error(socket, op, pair)).isEqualTo("not_in_room");
                assertThat(error(socket, op, dismissed)).isEqualTo("room_not_found");
                assertThat(error(socket, op, "none")).isEqualTo("room_not_found");
            }
        }
    }

    @Test
    default void readPositionShowsInTheRoomListAtOnceAndNeverMovesBack() {
        ImUser host = anyUser();
        ImUser user = anyUser();
        String roomId = host.roomWith(user);
        host.sayMany(roomId, 1, 5);
        assertRead(user, roomId, 0, 5);
        try (ImSocket socket = user.connectLiveOnly()) {
            Pushes.ask(socket, "op", "ack", "room_id", roomId, "seq", 5);
            assertRead(user, roomId, 0, 5);
            Pushes.ask(socket, "op", "read", "room_id", roomId, "seq", 3);
            assertRead(user, roomId, 3, 2);
            Pushes.ask(socket, "op", "read", "room_id", roomId, "seq", 2);
            assertRead(user, roomId, 3, 2);
            Pushes.ask(socket, "op", "read", "room_id", roomId, "seq", 5);
            assertRead(user, roomId, 5, 0);
            host.say(roomId, "unread");
            assertRead(user, roomId, 5, 1);
        }
        assertRead(host, roomId, 6, 0);
    }

    @Test
    default void otherMembersAndTheUsersOtherConnectionsAreToldOfReading() {
        ImUser host = anyUser();
        ImUser reader = anyUser();
        String roomId = host.roomWith(reader);
        host.sayMany(roomId, 1, 2);
        try (ImSocket told = host.listen();
                ImSocket desktop = reader.listen();
                ImSocket phone = reader.inAnotherSession().listen()) {
            Pushes.ask(phone, "op", "read", "room_id", roomId, "seq", 2);
            for (ImSocket socket : List.of(told, desktop)) {
                JsonObject event = Pushes.nextEvent(socket, "read");
                assertThat(event.keySet())
                        .containsExactlyInAnyOrder("message_type", "event", "room_id", "user_id", "seq");
                assertThat(event.get("message_type").getAsInt()).isEqualTo(10003);
                assertThat(event.get("room_id").getAsString()).isEqualTo(roomId);
                assertThat(event.get("user_id").getAsString()).isEqualTo(reader.id());
                assertThat(event.get("seq").getAsLong()).isEqualTo(2);
            }
            Pushes.ask(told, "op", "read", "room_id", roomId, "seq", 1);
            // Events of a room arrive in order, so the first event on the reader's own connection is the other user's.
            assertThat(Pushes.nextEvent(phone, "read").get("user_id").getAsString())
                    .isEqualTo(host.id());
        }
    }

    @Test
    default void peerInASingleChatIsToldOfReading() {
        ImUser sender = anyUser();
        ImUser reader = anyUser();
        String roomId = sender.write(reader.id(), "m").data().get("room_id").getAsString();
        try (ImSocket told = sender.listen();
                ImSocket socket = reader.listen()) {
            Pushes.ask(socket, "op", "read", "room_id", roomId, "seq", 1);
            JsonObject event = Pushes.nextEvent(told, "read");
            assertThat(event.get("room_id").getAsString()).isEqualTo(roomId);
            assertThat(event.get("user_id").getAsString()).isEqualTo(reader.id());
        }
    }

    private static String error(ImSocket socket, String op, String roomId) {
        return Pushes.ask(socket, "op", op, "room_id", roomId, "seq", 1)
                .get("error")
                .getAsString();
    }

    private static void assertRead(ImUser user, String roomId, long readSeq, long unread) {
        JsonObject item = item(user, roomId);
        assertThat(item.get("ReadSeq").getAsLong()).isEqualTo(readSeq);
        assertThat(item.get("Unread").getAsLong()).isEqualTo(unread);
    }

    private static JsonObject item(ImUser user, String roomId) {
        JsonArray rooms = user.rooms();
        for (JsonElement room : rooms) {
            if (room.getAsJsonObject().get("RoomId").getAsString().equals(roomId)) {
                return room.getAsJsonObject();
            }
        }
        throw new AssertionError("not in the list: " + rooms);
    }
}
