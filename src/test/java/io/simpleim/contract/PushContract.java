package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.Race;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The content, recipients and order of pushes. */
interface PushContract extends ApiSuite {
    @Test
    default void aMessageIsPushedWithThePublishedFieldsAndTheAddedOnes() {
        ImUser sender = anyUser();
        ImUser receiver = anyUser();
        try (ImSocket socket = receiver.listen()) {
            JsonObject sent = sender.write(receiver.id(), "你好 🙂").data();
            JsonObject push = Pushes.nextMessage(socket);

            assertThat(push.get("message_id")).isEqualTo(sent.get("message_id"));
            assertThat(push.get("message_type").getAsInt()).isEqualTo(1);
            assertThat(push.get("message_data").getAsString()).isEqualTo("你好 🙂");
            assertThat(push.get("room_id")).isEqualTo(sent.get("room_id"));
            assertThat(push.get("room_type").getAsInt()).isEqualTo(1);
            assertThat(push.get("send_user_id").getAsString()).isEqualTo(sender.id());
            assertThat(push.get("seq")).isEqualTo(sent.get("seq"));
            assertThat(push.get("created_at")).isEqualTo(sent.get("created_at"));
        }
    }

    @Test
    default void roomMessageIsPushedToAllMembersWithItsType() {
        ImUser host = anyUser();
        ImUser[] guests = {anyUser(), anyUser()};
        String roomId = host.roomWith(guests);
        try (ImSocket one = guests[0].listen();
                ImSocket other = guests[1].listen()) {
            host.post("rm/room/room_message", "room_id", roomId, "message", "m", "message_type", 42);
            for (ImSocket socket : List.of(one, other)) {
                JsonObject push = Pushes.nextMessage(socket);
                assertThat(push.get("room_id").getAsString()).isEqualTo(roomId);
                assertThat(push.get("room_type").getAsInt()).isEqualTo(2);
                assertThat(push.get("message_type").getAsInt()).isEqualTo(42);
            }
        }
    }

    @Test
    default void messageReachesTheSendersOtherConnectionsButNotItsOwn() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();
        try (ImSocket own = phone.listen();
                ImSocket other = desktop.listen()) {
            phone.write(anyUser().id(), "to a user");
            phone.say(phone.roomWith(), "to a room");

            assertThat(texts(List.of(Pushes.nextMessage(other), Pushes.nextMessage(other))))
                    .containsExactlyInAnyOrder("to a user", "to a room");
            assertThat(Pushes.messagesSoFar(own)).isEmpty();
        }
    }

    @Test
    default void aRepeatedSendIsPushedOnce() {
        ImUser sender = anyUser();
        ImUser receiver = anyUser();
        try (ImSocket socket = receiver.listen()) {
            for (int i = 0; i < 3; i++) {
                sender.post(
                        "rm/room/single_message",
                        "to_user_id",
                        receiver.id(),
                        "message",
                        "once",
                        "client_msg_id",
                        "n1");
            }
            sender.write(receiver.id(), "last");
            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo("once");
            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo("last");
        }
    }

    @Test
    default void nonMembersGetNothing() {
        ImUser host = anyUser();
        ImUser kicked = anyUser();
        ImUser gone = anyUser();
        ImUser stranger = anyUser();
        String roomId = host.roomWith(kicked, gone);
        try (ImSocket one = kicked.listen();
                ImSocket two = gone.listen();
                ImSocket three = stranger.listen();
                ImSocket member = host.inAnotherSession().listen()) {
            host.kick(roomId, kicked.id());
            gone.exit(roomId);
            host.say(roomId, "for members");

            // All recipients get a message at the same time.
            Pushes.nextMessage(member);
            assertThat(Pushes.messagesSoFar(one)).isEmpty();
            assertThat(Pushes.messagesSoFar(two)).isEmpty();
            assertThat(Pushes.messagesSoFar(three)).isEmpty();
        }
    }

    @Test
    default void newMemberGetsMessagesSentFromThenOn() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();
        try (ImSocket socket = guest.listen()) {
            host.say(roomId, "before");
            guest.enter(roomId);
            host.say(roomId, "after");

            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo("after");
        }
    }

    @Test
    default void refusedSendIsNotPushed() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        try (ImSocket socket = guest.listen()) {
            anyUser().say(roomId, "from a stranger");
            host.say(roomId, "");
            host.say(roomId, "not refused");
            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo("not refused");
        }
    }

    @Test
    default void everyMemberGetsMessagesInSeqOrder() {
        List<ImUser> members = IntStream.range(0, 4).mapToObj(i -> anyUser()).toList();
        String roomId = members.get(0).roomWith(members.subList(1, 4).toArray(ImUser[]::new));
        List<ImUser> readers = members.stream().map(ImUser::inAnotherSession).toList();
        List<ImSocket> sockets = readers.stream().map(ImUser::listen).toList();

        List<List<Answer>> answers = Race.call(
                4,
                i -> Stream.generate(() -> members.get(i).say(roomId, "m"))
                        .limit(15)
                        .toList());

        assertThat(answers)
                .allSatisfy(each -> assertThat(each).extracting(Answer::code).containsOnly(200));
        List<Long> all = LongStream.rangeClosed(1, 60).boxed().toList();
        for (ImSocket socket : sockets) {
            assertThat(IntStream.range(0, 60)
                            .mapToObj(i -> Pushes.nextMessage(socket).get("seq").getAsLong()))
                    .asInstanceOf(LIST)
                    .isEqualTo(all);
            socket.close();
        }
    }

    @Test
    default void messageToAnOfflineUserWaitsInTheHistory() {
        ImUser sender = anyUser();
        String receiver = ImClient.anyUser();
        String roomId = sender.write(receiver, "m").data().get("room_id").getAsString();
        assertThat(ImUser.loggedIn(client(), receiver).history(roomId)).hasSize(1);
    }

    private static List<String> texts(List<JsonObject> pushes) {
        return pushes.stream()
                .map(push -> push.get("message_data").getAsString())
                .toList();
    }
}
