package io.simpleim.nodes;

import static io.simpleim.testing.Pushes.ask;
import static io.simpleim.testing.Pushes.messagesSoFar;
import static io.simpleim.testing.Pushes.nextEvent;
import static io.simpleim.testing.Pushes.nextMessage;
import static io.simpleim.testing.Pushes.nextSeqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three servers over the same stores act as one: it does not matter which one a client is connected to. */
@Timeout(120)
class SeveralNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static NodeGroup group;

    @BeforeAll
    static void start() {
        group = NodeGroup.start(3);
        // A new server gets broadcasts only once the others have seen it.
        await().atMost(PATIENCE).until(() -> group.nodeIds().size() == 3);
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void singleChatWorksAcrossNodes() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(1);
        try (ImSocket toAnna = anna.listen();
                ImSocket toBert = bert.listen()) {
            for (int i = 1; i <= 20; i++) {
                ImUser from = i % 2 == 0 ? bert : anna;
                ImUser to = i % 2 == 0 ? anna : bert;
                assertThat(from.write(to.id(), "number " + i).data().get("seq").getAsLong())
                        .isEqualTo(i);
                JsonObject push = nextMessage(i % 2 == 0 ? toAnna : toBert);
                assertThat(push.get("message_data").getAsString()).isEqualTo("number " + i);
                assertThat(push.get("seq").getAsLong()).isEqualTo(i);
                assertThat(push.get("send_user_id").getAsString()).isEqualTo(from.id());
                assertThat(push.get("room_type").getAsInt()).isEqualTo(1);
            }
            assertThat(messagesSoFar(toAnna)).isEmpty();
            assertThat(messagesSoFar(toBert)).isEmpty();
        }
    }

    @Test
    void userConnectedToSeveralNodesGetsEverythingOnEach() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(1);
        try (ImSocket first = anna.inAnotherSession().listen();
                ImSocket second = group.at(1, anna.inAnotherSession()).listen();
                ImSocket third = group.at(2, anna.inAnotherSession()).listen()) {
            for (int i = 0; i < 5; i++) {
                bert.write(anna.id(), "in");
                anna.write(bert.id(), "out");
            }
            for (ImSocket socket : List.of(first, second, third)) {
                assertThat(nextSeqs(socket, 10)).isEqualTo(numbers(1, 10));
                assertThat(messagesSoFar(socket)).isEmpty();
            }
        }
    }

    /** A REST send counts as sent by every connection with the same token, on any node. */
    @Test
    void restSendIsNotEchoedToTheSameTokenOnAnotherNode() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(2);
        try (ImSocket own = group.at(1, anna).listen();
                ImSocket other = group.at(1, anna.inAnotherSession()).listen()) {
            anna.write(bert.id(), "from the first node");
            bert.write(anna.id(), "to the second");
            assertThat(nextSeqs(other, 2)).isEqualTo(numbers(1, 2));
            assertThat(nextSeqs(own, 1)).containsExactly(2L);
        }
    }

    @Test
    void socketSendReachesTheSendersConnectionsOnOtherNodes() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(2);
        try (ImSocket sender = anna.listen();
                ImSocket same = group.at(1, anna).listen()) {
            JsonObject reply = ask(sender, "op", "single_message", "to_user_id", bert.id(), "message", "hello");
            assertThat(reply.get("code").getAsInt()).isEqualTo(200);
            assertThat(nextMessage(same).get("message_data").getAsString()).isEqualTo("hello");
            assertThat(messagesSoFar(sender)).isEmpty();
        }
    }

    @Test
    void smallRoomSpansAllNodes() {
        assertRoomSpansNodes(5);
    }

    /** Large rooms are addressed to all nodes, without a lookup per member. */
    @Test
    void largeRoomSpansAllNodes() {
        assertRoomSpansNodes(40);
    }

    private static void assertRoomSpansNodes(int size) {
        List<ImUser> members =
                IntStream.range(0, size).mapToObj(i -> group.user(i % 3)).toList();
        String roomId = members.get(0).roomWith(members.subList(1, size).toArray(ImUser[]::new));
        List<ImSocket> sockets = new ArrayList<>();
        try {
            members.forEach(member -> sockets.add(member.inAnotherSession().listen()));
            for (int i = 0; i < 30; i++) {
                assertThat(members.get(i % size).say(roomId, "text " + i).code())
                        .isEqualTo(200);
            }
            for (ImSocket socket : sockets) {
                assertThat(nextSeqs(socket, 30)).isEqualTo(numbers(1, 30));
            }
            sockets.forEach(socket -> assertThat(messagesSoFar(socket)).isEmpty());
        } finally {
            sockets.forEach(ImSocket::close);
        }
    }

    @Test
    void readingAndTypingAreShownOnOtherNodes() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(1);
        String roomId = anna.write(bert.id(), "hello").data().get("room_id").getAsString();
        try (ImSocket toAnna = anna.listen();
                ImSocket toBert = bert.listen();
                ImSocket bertElsewhere = group.at(2, bert).listen()) {
            ask(toBert, "op", "typing", "room_id", roomId);
            assertThat(nextEvent(toAnna, "typing").get("user_id").getAsString()).isEqualTo(bert.id());
            ask(toBert, "op", "read", "room_id", roomId, "seq", 1);
            assertThat(nextEvent(toAnna, "read").get("seq").getAsLong()).isEqualTo(1);
            JsonObject elsewhere = bertElsewhere.next();
            while (!elsewhere.has("event")) {
                elsewhere = bertElsewhere.next();
            }
            assertThat(elsewhere.get("event").getAsString())
                    .as("no typing event for the typing user")
                    .isEqualTo("read");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(group.at(2, bert)
                                .rooms()
                                .get(0)
                                .getAsJsonObject()
                                .get("Unread")
                                .getAsInt())
                        .isZero());
    }

    @Test
    void membersEnterAndLeaveOnAnyNode() {
        ImUser host = group.user(0);
        ImUser guest = group.user(1);
        ImUser third = group.user(2);
        String roomId = host.roomWith(third);
        try (ImSocket toHost = host.listen();
                ImSocket toGuest = guest.listen();
                ImSocket toThird = third.listen()) {
            assertThat(group.at(2, host).invite(roomId, guest.id()).code()).isEqualTo(200);
            assertThat(nextEvent(toGuest, "member_joined").get("by_user_id").getAsString())
                    .isEqualTo(host.id());
            assertThat(nextEvent(toThird, "member_joined").get("user_id").getAsString())
                    .isEqualTo(guest.id());
            guest.say(roomId, "I am in");
            assertThat(nextMessage(toHost).get("message_data").getAsString()).isEqualTo("I am in");

            assertThat(group.at(1, host).kick(roomId, guest.id()).code()).isEqualTo(200);
            assertThat(nextEvent(toGuest, "member_left").get("by_user_id").getAsString())
                    .isEqualTo(host.id());
            assertThat(guest.say(roomId, "still?").error()).isEqualTo("not_in_room");
            third.say(roomId, "without the guest");
            assertThat(nextMessage(toHost).get("message_data").getAsString()).isEqualTo("without the guest");
            assertThat(messagesSoFar(toGuest)).isEmpty();

            host.exit(roomId);
            assertThat(nextEvent(toThird, "room_updated")
                            .get("room_host_user_id")
                            .getAsString())
                    .isEqualTo(third.id());
            group.at(0, third).exit(roomId);
            nextEvent(toThird, "room_dismissed");
            assertThat(group.at(1, third).say(roomId, "?").error()).isEqualTo("room_not_found");
        }
    }

    /** Small rooms are notified by member, large ones by room. */
    @Test
    void renameShowsOnEveryNode() {
        for (int size : new int[] {3, 20}) {
            List<ImUser> members =
                    IntStream.range(0, size).mapToObj(i -> group.user(i % 3)).toList();
            ImUser host = members.get(0);
            String roomId = host.roomWith(members.subList(1, size).toArray(ImUser[]::new));
            try (ImSocket one = members.get(1).listen();
                    ImSocket two = members.get(2).listen()) {
                assertThat(group.at(1, host).rename(roomId, "of " + size).error())
                        .isEmpty();
                for (ImSocket socket : List.of(one, two)) {
                    assertThat(nextEvent(socket, "room_updated").get("name").getAsString())
                            .isEqualTo("of " + size);
                }
            }
            assertThat(group.at(2, host)
                            .rooms()
                            .get(0)
                            .getAsJsonObject()
                            .get("Name")
                            .getAsString())
                    .isEqualTo("of " + size);
        }
    }

    @Test
    void logoutClosesConnectionsAndRevokesTheTokenOnAllNodes() {
        ImUser anna = group.user(0);
        try (ImSocket first = group.at(1, anna).listen();
                ImSocket second = group.at(2, anna).listen()) {
            assertThat(anna.post("u/user/login_out").code()).isEqualTo(200);
            assertThat(first.closeCode()).isEqualTo(4001);
            assertThat(second.closeCode()).isEqualTo(4001);
        }
        for (int node = 0; node < 3; node++) {
            assertThat(group.at(node, anna).get("rm/room/get_room_list").error())
                    .isEqualTo("token_expired");
        }
    }

    @Test
    void endingSessionsClosesConnectionsAndRevokesTokensOnAllNodes() {
        ImUser phone = group.user(0);
        ImUser desktop = group.at(1, phone).inAnotherSession();
        try (ImSocket first = group.at(1, phone).listen();
                ImSocket second = group.at(2, desktop).listen()) {
            assertThat(group.client(0)
                            .post("", "user/end_sessions", ImClient.params("user_id", phone.id()))
                            .data()
                            .get("ended")
                            .getAsInt())
                    .isEqualTo(2);
            assertThat(first.closeCode()).isEqualTo(4001);
            assertThat(second.closeCode()).isEqualTo(4001);
        }
        for (int node = 0; node < 3; node++) {
            for (ImUser session : List.of(phone, desktop)) {
                assertThat(group.at(node, session).get("rm/room/get_room_list").error())
                        .isEqualTo("token_expired");
            }
        }
    }

    @Test
    void backlogIsPushedByAnyNodeTheUserReconnectsTo() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(1);
        String roomId = anna.write(bert.id(), "1").data().get("room_id").getAsString();
        try (ImSocket toBert = bert.listen()) {
            assertThat(nextSeqs(toBert, 1)).containsExactly(1L);
            ask(toBert, "op", "ack", "room_id", roomId, "seq", 1);
            toBert.leave();
        }
        for (int i = 2; i <= 4; i++) {
            anna.write(bert.id(), Integer.toString(i));
        }
        // Acknowledgements reach other nodes within a second.
        try (ImSocket toBert = group.at(2, bert).connect()) {
            List<Long> missed = new ArrayList<>(nextSeqs(toBert, 3));
            if (missed.remove(1L)) {
                missed.addAll(nextSeqs(toBert, 1));
            }
            assertThat(missed).isEqualTo(numbers(2, 4));
            anna.write(bert.id(), "5");
            assertThat(nextSeqs(toBert, 1)).containsExactly(5L);
        }
        try (ImSocket toBert = group.at(1, bert).connectLiveOnly()) {
            JsonObject synced = ask(toBert, "op", "sync", "rooms", Map.of(roomId, 3));
            JsonObject room = synced.getAsJsonObject("data")
                    .getAsJsonArray("rooms")
                    .get(0)
                    .getAsJsonObject();
            assertThat(room.get("last_seq").getAsLong()).isEqualTo(5);
            assertThat(room.getAsJsonArray("messages")).hasSize(2);
        }
    }

    @Test
    void retryOnAnotherNodeIsStoredOnce() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(2);
        try (ImSocket toBert = bert.listen()) {
            String path = "rm/room/single_message";
            Object[] message = {"to_user_id", bert.id(), "message", "once", "client_msg_id", "a"};
            JsonObject first = anna.post(path, message).data();
            for (int node = 0; node < 3; node++) {
                assertThat(group.at(node, anna).post(path, message).data()).isEqualTo(first);
            }
            anna.write(bert.id(), "and then");
            assertThat(nextSeqs(toBert, 2)).isEqualTo(numbers(1, 2));
            assertThat(messagesSoFar(toBert)).isEmpty();
        }
    }

    /** Otherwise every node would hear of every single chat in the cluster. */
    @Test
    void nodeHearsNothingOfUnrelatedSingleChats() {
        ImUser anna = group.user(0);
        ImUser bert = group.user(1);
        try (ImSocket toBert = bert.listen()) {
            long before = group.streamEntries(2);
            long beforeAtBerts = group.streamEntries(1);
            for (int i = 1; i <= 10; i++) {
                anna.write(bert.id(), "x");
            }
            assertThat(nextSeqs(toBert, 10)).isEqualTo(numbers(1, 10));
            assertThat(group.streamEntries(1)).isGreaterThan(beforeAtBerts);
            assertThat(group.streamEntries(2)).isEqualTo(before);
        }
    }

    @Test
    void loginStatusShowsWhetherAUserIsConnectedToAnyNode() {
        ImUser anna = group.user(0);
        try (StoredDocuments stored = new StoredDocuments(group.mongoAddress())) {
            assertStatus(stored, anna, 1);
            ImSocket first = group.at(1, anna).listen();
            ImSocket second = group.at(2, anna).listen();
            first.leave();
            second.leave();
            await().atMost(PATIENCE).untilAsserted(() -> assertStatus(stored, anna, 0));
            ImSocket again = anna.listen();
            await().atMost(PATIENCE).untilAsserted(() -> assertStatus(stored, anna, 1));
            again.leave();
            await().atMost(PATIENCE).untilAsserted(() -> assertStatus(stored, anna, 0));
            anna.inAnotherSession();
            assertStatus(stored, anna, 1);
        }
    }

    private static void assertStatus(StoredDocuments stored, ImUser user, int status) {
        assertThat(stored.one("user", "user_id", user.id())
                        .get("login_status", Number.class)
                        .intValue())
                .isEqualTo(status);
    }

    @Test
    void tokensAreValidOnAllNodes() {
        String token = group.client(0).login(ImClient.anyUser());
        for (int node = 0; node < 3; node++) {
            assertThat(group.client(node)
                            .get(token, "rm/room/get_room_list", Map.of())
                            .code())
                    .isEqualTo(200);
        }
    }
}
