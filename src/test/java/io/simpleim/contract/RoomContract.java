package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Race;
import io.simpleim.testing.StoredDocuments;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Rooms with a host: entering, leaving, and the end of the room. */
interface RoomContract extends ApiSuite {
    @Test
    default void creatorOfARoomIsItsHostAndMember() {
        ImUser host = anyUser();
        Answer created = host.post("rm/room/create_room");
        String roomId = created.data().get("roomId").getAsString();

        assertThat(created.data().keySet()).contains("roomId");
        assertThat(roomId).matches("[0-9a-f]{72}");
        assertThat(members(roomId)).containsExactly(host.id());
        Document room = room(roomId);
        assertThat(number(room, "room_type")).isEqualTo(2);
        assertThat(number(room, "room_status")).isEqualTo(1);
        assertThat(room.getString("room_host_user_id")).isEqualTo(host.id());
    }

    @Test
    default void everyCreateMakesANewRoom() {
        ImUser host = anyUser();
        assertThat(host.roomWith()).isNotEqualTo(host.roomWith());
    }

    @Test
    default void enteringMakesAMemberAndIsIdempotent() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();

        assertThat(guest.enter(roomId).code()).isEqualTo(200);
        assertThat(guest.enter(roomId).code()).isEqualTo(200);

        assertThat(members(roomId)).containsExactlyInAnyOrder(host.id(), guest.id());
        assertThat(number(room(roomId), "member_count")).isEqualTo(2);
        assertThat(guest.say(roomId, "m").code()).isEqualTo(200);
    }

    @Test
    default void nobodyCanEnterARoomOfTypeOne() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        String roomId = one.write(other.id(), "m").data().get("room_id").getAsString();

        assertThat(anyUser().enter(roomId).error()).isEqualTo("room_not_found");
        assertThat(other.enter(roomId).error()).isEqualTo("room_not_found");
        assertThat(members(roomId)).containsExactlyInAnyOrder(one.id(), other.id());
    }

    @Test
    default void invitingMakesAMemberAndIsIdempotent() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();

        assertThat(host.invite(roomId, guest.id()).code()).isEqualTo(200);
        assertThat(host.invite(roomId, guest.id()).code()).isEqualTo(200);
        assertThat(host.invite(roomId, host.id()).code()).isEqualTo(200);

        assertThat(members(roomId)).containsExactlyInAnyOrder(host.id(), guest.id());
        assertThat(guest.say(roomId, "m").code()).isEqualTo(200);
    }

    @Test
    default void kickedUserIsNoMemberAndMayReenter() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);

        assertThat(host.kick(roomId, guest.id()).code()).isEqualTo(200);
        assertThat(guest.say(roomId, "m").error()).isEqualTo("not_in_room");
        assertThat(members(roomId)).containsExactly(host.id());
        assertThat(guest.enter(roomId).code()).isEqualTo(200);
        assertThat(guest.say(roomId, "m").code()).isEqualTo(200);
    }

    @Test
    default void leaverIsNoMemberAndCannotLeaveTwice() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);

        assertThat(guest.exit(roomId).code()).isEqualTo(200);
        assertThat(guest.exit(roomId).error()).isEqualTo("not_in_room");
        assertThat(members(roomId)).containsExactly(host.id());
        assertThat(number(room(roomId), "member_count")).isEqualTo(1);
    }

    @Test
    default void longestStandingMemberBecomesHostWhenTheHostLeaves() {
        ImUser host = anyUser();
        ImUser second = anyUser();
        ImUser third = anyUser();
        String roomId = host.roomWith(second, third);
        // A returning member is the newest one.
        second.exit(roomId);
        second.enter(roomId);

        host.exit(roomId);

        assertThat(room(roomId).getString("room_host_user_id")).isEqualTo(third.id());
        assertThat(third.kick(roomId, second.id()).code()).isEqualTo(200);
        host.enter(roomId);
        assertThat(host.invite(roomId, second.id()).error()).isEqualTo("not_room_host");
    }

    @Test
    default void roomIsDismissedWhenTheLastMemberLeaves() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        host.exit(roomId);
        guest.exit(roomId);

        assertThat(number(room(roomId), "room_status")).isEqualTo(-1);
        assertThat(members(roomId)).isEmpty();
        assertThat(host.enter(roomId).error()).isEqualTo("room_not_found");
        assertThat(guest.say(roomId, "m").error()).isEqualTo("room_not_found");
        assertThat(guest.exit(roomId).error()).isEqualTo("room_not_found");
        assertThat(guest.invite(roomId, host.id()).error()).isEqualTo("room_not_found");
        assertThat(guest.kick(roomId, host.id()).error()).isEqualTo("room_not_found");
        assertThat(guest.get("rm/room/get_room_message_list", "room_id", roomId).error())
                .isEqualTo("room_not_found");
    }

    @Test
    default void concurrentEntersAndLeavesKeepTheRoomConsistent() {
        ImUser host = anyUser();
        String roomId = host.roomWith();
        List<ImUser> guests = IntStream.range(0, 12).mapToObj(i -> anyUser()).toList();
        Race.call(12, i -> {
            ImUser guest = guests.get(i);
            guest.enter(roomId);
            // Every third user leaves, and every sixth returns.
            if (i % 3 == 0) {
                guest.exit(roomId);
            }
            return i % 6 == 0 ? guest.enter(roomId) : "";
        });

        List<String> members = members(roomId);
        assertThat(members)
                .contains(host.id())
                .hasSize(13 - 2)
                .doesNotContain(guests.get(3).id(), guests.get(9).id());
        assertThat(number(room(roomId), "member_count")).isEqualTo(members.size());
        assertThat(room(roomId).getString("room_host_user_id")).isEqualTo(host.id());
    }

    @Test
    default void roomIsDismissedWhenAllLeaveAtOnce() {
        List<ImUser> users = IntStream.range(0, 6).mapToObj(i -> anyUser()).toList();
        String roomId = users.get(0).roomWith(users.subList(1, 6).toArray(ImUser[]::new));

        List<Answer> answers = Race.call(6, i -> users.get(i).exit(roomId));

        assertThat(answers).extracting(Answer::code).containsOnly(200);
        assertThat(members(roomId)).isEmpty();
        assertThat(number(room(roomId), "room_status")).isEqualTo(-1);
        assertThat(number(room(roomId), "member_count")).isZero();
    }

    @Test
    default void hostIsAlwaysAMemberWhileUsersEnterAndLeave() {
        for (int round = 0; round < 5; round++) {
            ImUser host = anyUser();
            ImUser heir = anyUser();
            ImUser guest = anyUser();
            String roomId = host.roomWith(heir);
            Race.run(List.of(() -> host.exit(roomId), () -> heir.exit(roomId), () -> guest.enter(roomId)));

            List<String> members = members(roomId);
            Document room = room(roomId);
            assertThat(number(room, "member_count")).isEqualTo(members.size());
            assertThat(number(room, "room_status")).isEqualTo(members.isEmpty() ? -1 : 1);
            if (!members.isEmpty()) {
                assertThat(members).contains(room.getString("room_host_user_id"));
            }
        }
    }

    private List<String> members(String roomId) {
        try (StoredDocuments stored = stored()) {
            return stored.all("user_room", "room_id", roomId).stream()
                    .map(document -> document.getString("user_id"))
                    .toList();
        }
    }

    private Document room(String roomId) {
        try (StoredDocuments stored = stored()) {
            return stored.one("room", "room_id", roomId);
        }
    }

    private static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }
}
