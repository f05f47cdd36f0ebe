package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server's own pushes: members joining and leaving, changes of host, and typing. */
interface EventsContract extends ApiSuite {
    @Test
    default void allMembersIncludingTheNewOneAreToldWhoEntered() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();
        try (ImSocket one = host.listen();
                ImSocket two = guest.listen()) {
            guest.enter(roomId);
            for (ImSocket socket : List.of(one, two)) {
                assertMember(Pushes.nextEvent(socket, "member_joined"), 10005, roomId, guest, guest);
            }
        }
    }

    @Test
    default void membersAreToldOnceWhoWasInvitedAndByWhom() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        ImUser third = anyUser();
        String roomId = host.roomWith();
        try (ImSocket one = host.listen();
                ImSocket two = guest.listen()) {
            host.invite(roomId, guest.id());
            for (ImSocket socket : List.of(one, two)) {
                assertMember(Pushes.nextEvent(socket, "member_joined"), 10005, roomId, guest, host);
            }
            host.invite(roomId, guest.id());
            guest.enter(roomId);
            third.enter(roomId);
            for (ImSocket socket : List.of(one, two)) {
                assertMember(Pushes.nextEvent(socket, "member_joined"), 10005, roomId, third, third);
            }
        }
    }

    @Test
    default void remainingMembersAndTheLeaverAreToldOfALeave() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        try (ImSocket one = host.listen();
                ImSocket two = guest.listen();
                ImSocket own = guest.inAnotherSession().listen()) {
            guest.exit(roomId);
            for (ImSocket socket : List.of(one, two, own)) {
                assertMember(Pushes.nextEvent(socket, "member_left"), 10006, roomId, guest, guest);
            }
        }
    }

    @Test
    default void remainingMembersAndTheKickedUserAreToldWhoKicked() {
        ImUser host = anyUser();
        ImUser kicked = anyUser();
        ImUser other = anyUser();
        String roomId = host.roomWith(kicked, other);
        try (ImSocket one = host.listen();
                ImSocket two = kicked.listen();
                ImSocket three = other.listen()) {
            host.kick(roomId, kicked.id());
            for (ImSocket socket : List.of(one, two, three)) {
                assertMember(Pushes.nextEvent(socket, "member_left"), 10006, roomId, kicked, host);
            }
        }
    }

    @Test
    default void membersAreToldTheNewHostWhenTheHostLeaves() {
        ImUser host = anyUser();
        ImUser heir = anyUser();
        ImUser other = anyUser();
        String roomId = host.roomWith(heir, other);
        try (ImSocket one = heir.listen();
                ImSocket two = other.listen();
                ImSocket gone = host.listen()) {
            host.exit(roomId);
            for (ImSocket socket : List.of(one, two)) {
                assertMember(Pushes.nextEvent(socket, "member_left"), 10006, roomId, host, host);
                JsonObject event = Pushes.nextEvent(socket, "room_updated");
                assertThat(event.keySet())
                        .containsExactlyInAnyOrder("message_type", "event", "room_id", "room_host_user_id");
                assertThat(event.get("message_type").getAsInt()).isEqualTo(10007);
                assertThat(event.get("room_id").getAsString()).isEqualTo(roomId);
                assertThat(event.get("room_host_user_id").getAsString()).isEqualTo(heir.id());
            }
            assertMember(Pushes.nextEvent(gone, "member_left"), 10006, roomId, host, host);
            // The host does not change when another member leaves.
            other.exit(roomId);
            assertMember(Pushes.nextEvent(one, "member_left"), 10006, roomId, other, other);
            other.enter(roomId);
            assertThat(one.next().get("event").getAsString()).isEqualTo("member_joined");
        }
    }

    @Test
    default void lastMemberToLeaveIsToldThatTheRoomIsDismissed() {
        ImUser host = anyUser();
        String roomId = host.roomWith();
        try (ImSocket socket = host.listen();
                ImSocket other = host.inAnotherSession().listen()) {
            host.exit(roomId);
            for (ImSocket each : List.of(socket, other)) {
                JsonObject event = each.next();
                assertThat(event.keySet()).containsExactlyInAnyOrder("message_type", "event", "room_id");
                assertThat(event.get("message_type").getAsInt()).isEqualTo(10008);
                assertThat(event.get("event").getAsString()).isEqualTo("room_dismissed");
                assertThat(event.get("room_id").getAsString()).isEqualTo(roomId);
            }
        }
    }

    @Test
    default void eventsArriveInOrderAmongTheMessages() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();
        try (ImSocket socket = host.inAnotherSession().listen()) {
            guest.enter(roomId);
            guest.say(roomId, "here I am");
            guest.exit(roomId);
            host.say(roomId, "gone already");
            assertThat(socket.next().get("event").getAsString()).isEqualTo("member_joined");
            assertThat(socket.next().get("seq").getAsLong()).isEqualTo(1);
            assertThat(socket.next().get("event").getAsString()).isEqualTo("member_left");
            assertThat(socket.next().get("seq").getAsLong()).isEqualTo(2);
        }
    }

    @Test
    default void eventsAreNeitherStoredNorPushedLater() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        anyUser().enter(roomId);
        host.say(roomId, "m");
        assertThat(away.history(roomId)).hasSize(1);
        try (ImSocket socket = away.connect()) {
            assertThat(socket.next().get("seq").getAsLong()).isEqualTo(1);
        }
    }

    @Test
    default void otherMembersSeeWhoIsTyping() {
        ImUser host = anyUser();
        ImUser writer = anyUser();
        ImUser other = anyUser();
        String roomId = host.roomWith(writer, other);
        try (ImSocket one = host.listen();
                ImSocket two = other.listen();
                ImSocket own = writer.inAnotherSession().listen();
                ImSocket writing = writer.listen()) {
            JsonObject reply = Pushes.ask(writing, "op", "typing", "ref", 1, "room_id", roomId);
            assertThat(reply.get("code").getAsInt()).isEqualTo(200);
            assertThat(reply.getAsJsonObject("data").keySet()).isEmpty();
            for (ImSocket socket : List.of(one, two)) {
                assertTyping(socket.next(), roomId, writer);
            }
            host.say(roomId, "fence");
            // Events keep the room's order, so nothing preceded this one.
            assertThat(own.next().get("message_data").getAsString()).isEqualTo("fence");
            assertThat(writing.next().get("message_data").getAsString()).isEqualTo("fence");
        }
        assertThat(host.history(roomId)).hasSize(1);
    }

    @Test
    default void peerInASingleChatSeesWhoIsTyping() {
        ImUser one = anyUser();
        ImUser peer = anyUser();
        String roomId = one.write(peer.id(), "m").data().get("room_id").getAsString();
        try (ImSocket socket = peer.listen();
                ImSocket writing = one.listen()) {
            Pushes.ask(writing, "op", "typing", "room_id", roomId);
            assertTyping(Pushes.nextEvent(socket, "typing"), roomId, one);
        }
    }

    @Test
    default void typingEventsAreThrottled() {
        ImUser host = anyUser();
        ImUser writer = anyUser();
        String roomId = host.roomWith(writer);
        int keys = 100;
        try (ImSocket socket = host.listen();
                ImSocket writing = writer.listen()) {
            for (int i = 0; i < keys; i++) {
                Pushes.ask(writing, "op", "typing", "room_id", roomId);
            }
            writer.say(roomId, "done");
            assertTyping(socket.next(), roomId, writer);
            int told = 1;
            while (!socket.next().has("seq")) {
                told++;
            }
            assertThat(told).isLessThan(keys / 2);
        }
    }

    private static void assertTyping(JsonObject event, String roomId, ImUser writer) {
        assertThat(event.keySet()).containsExactlyInAnyOrder("message_type", "event", "room_id", "user_id");
        assertThat(event.get("message_type").getAsInt()).isEqualTo(10004);
        assertThat(event.get("event").getAsString()).isEqualTo("typing");
        assertThat(event.get("room_id").getAsString()).isEqualTo(roomId);
        assertThat(event.get("user_id").getAsString()).isEqualTo(writer.id());
    }

    private static void assertMember(JsonObject event, int type, String roomId, ImUser user, ImUser by) {
        assertThat(event.keySet())
                .containsExactlyInAnyOrder("message_type", "event", "room_id", "user_id", "by_user_id");
        assertThat(event.get("message_type").getAsInt()).isEqualTo(type);
        assertThat(event.get("room_id").getAsString()).isEqualTo(roomId);
        assertThat(event.get("user_id").getAsString()).isEqualTo(user.id());
        assertThat(event.get("by_user_id").getAsString()).isEqualTo(by.id());
    }
}
