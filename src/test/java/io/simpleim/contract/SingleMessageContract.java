package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Race;
import io.simpleim.testing.StoredDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Single chats, and the rules that hold for every send. */
interface SingleMessageContract extends ApiSuite {
    String SINGLE = "rm/room/single_message";

    @Test
    default void acceptedSendReportsWhereItIsStored() {
        ImUser user = anyUser();
        JsonObject sent = user.write(ImClient.anyUser(), "m").data();

        assertThat(sent.keySet()).contains("message_id", "room_id", "seq", "created_at");
        assertThat(sent.get("message_id").getAsString()).matches("[0-9a-f]{72}");
        assertThat(sent.get("room_id").getAsString()).matches("[0-9a-f]{72}");
        assertThat(sent.get("seq").getAsLong()).isEqualTo(1);
    }

    @Test
    default void bothDirectionsShareOneRoomOfTypeOne() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        JsonObject there = one.write(other.id(), "there").data();
        JsonObject back = other.write(one.id(), "back").data();

        assertThat(back.get("room_id")).isEqualTo(there.get("room_id"));
        assertThat(back.get("seq").getAsLong()).isEqualTo(2);
        try (StoredDocuments stored = stored()) {
            Document room = stored.one("room", "room_id", there.get("room_id").getAsString());
            assertThat(room.get("room_type", Number.class).intValue()).isEqualTo(1);
        }
    }

    @Test
    default void roomIsCreatedOnceWhenBothWriteAtTheSameTime() {
        List<ImUser> users = IntStream.range(0, 16).mapToObj(i -> anyUser()).toList();
        List<Answer> answers =
                Race.call(16, i -> users.get(i).write(users.get(i ^ 1).id(), "from " + i));

        try (StoredDocuments stored = stored()) {
            for (int i = 0; i < 16; i += 2) {
                String roomId = roomOf(answers.get(i));
                assertThat(roomOf(answers.get(i + 1))).isEqualTo(roomId);
                assertThat(seqs(answers.subList(i, i + 2))).containsExactly(1L, 2L);
                stored.one("room", "room_id", roomId);
                assertThat(stored.all("user_room", "room_id", roomId))
                        .extracting(document -> document.getString("user_id"))
                        .containsExactlyInAnyOrder(
                                users.get(i).id(), users.get(i + 1).id());
                assertThat(users.get(i).rooms()).hasSize(1);
            }
        }
    }

    @Test
    default void receiverNeedNotBeRegisteredYet() {
        ImUser sender = anyUser();
        String receiver = ImClient.anyUser();
        String roomId = roomOf(sender.write(receiver, "waiting for you"));

        JsonElement message =
                ImUser.loggedIn(client(), receiver).history(roomId).get(0);
        assertThat(message.getAsJsonObject().get("MessageData").getAsString()).isEqualTo("waiting for you");
    }

    @Test
    default void answeredMessageIsInBothCollections() {
        ImUser sender = anyUser();
        JsonObject sent = sender.write(ImClient.anyUser(), "it stands").data();
        String messageId = sent.get("message_id").getAsString();
        try (StoredDocuments stored = stored()) {
            Document message = stored.one("message", "message_id", messageId);
            Document entry = stored.one("user_message", "message_id", messageId);

            assertThat(message.getString("message_data")).isEqualTo("it stands");
            assertThat(message.get("created_at", Number.class).longValue())
                    .isEqualTo(sent.get("created_at").getAsLong());
            assertThat(entry.getString("room_id")).isEqualTo(sent.get("room_id").getAsString());
            assertThat(entry.getString("send_user_id")).isEqualTo(sender.id());
            assertThat(entry.get("seq", Number.class).longValue()).isEqualTo(1);
        }
    }

    @Test
    default void repeatedClientMsgIdGetsTheSameAnswerAndStoresNothing() {
        ImUser sender = anyUser();
        String receiver = ImClient.anyUser();
        Answer first = sender.post(SINGLE, "to_user_id", receiver, "message", "once", "client_msg_id", "n1");
        Answer again = sender.post(SINGLE, "to_user_id", receiver, "message", "once", "client_msg_id", "n1");
        Answer other = sender.post(SINGLE, "to_user_id", receiver, "message", "once", "client_msg_id", "n2");

        assertThat(again.data()).isEqualTo(first.data());
        assertThat(other.data().get("seq").getAsLong()).isEqualTo(2);
        assertThat(sender.history(roomOf(first))).hasSize(2);
    }

    @Test
    default void clientMsgIdIsScopedToSenderAndRoom() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        Answer first = one.post(SINGLE, "to_user_id", other.id(), "message", "a", "client_msg_id", "n1");
        Answer fromOther = other.post(SINGLE, "to_user_id", one.id(), "message", "b", "client_msg_id", "n1");
        Answer elsewhere = one.post(SINGLE, "to_user_id", ImClient.anyUser(), "message", "c", "client_msg_id", "n1");

        assertThat(fromOther.data().get("seq").getAsLong()).isEqualTo(2);
        assertThat(elsewhere.code()).isEqualTo(200);
        assertThat(first.data().get("message_id"))
                .isNotEqualTo(fromOther.data().get("message_id"))
                .isNotEqualTo(elsewhere.data().get("message_id"));
    }

    @Test
    default void concurrentSendsWithOneClientMsgIdAreStoredOnce() {
        ImUser sender = anyUser();
        String receiver = ImClient.anyUser();
        List<Answer> answers = Race.call(
                8, i -> sender.post(SINGLE, "to_user_id", receiver, "message", "once", "client_msg_id", "n1"));

        assertThat(answers).extracting(Answer::data).containsOnly(answers.get(0).data());
        assertThat(sender.history(roomOf(answers.get(0)))).hasSize(1);
        try (StoredDocuments stored = stored()) {
            stored.one("user_message", "room_id", roomOf(answers.get(0)));
        }
    }

    @Test
    default void oneOfConcurrentContentsUnderOneClientMsgIdWins() {
        ImUser sender = anyUser();
        String receiver = ImClient.anyUser();
        List<Answer> answers = Race.call(
                8, i -> sender.post(SINGLE, "to_user_id", receiver, "message", "text " + i, "client_msg_id", "n1"));

        List<Answer> accepted =
                answers.stream().filter(answer -> answer.code() == 200).toList();
        assertThat(accepted).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.code() != 200)
                .extracting(Answer::error)
                .containsOnly("conflict");
        assertThat(sender.history(roomOf(accepted.get(0)))).hasSize(1);
    }

    @Test
    default void seqsHaveNoGapsUnderConcurrentSends() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        int each = 10;
        List<Callable<List<Answer>>> senders = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            ImUser from = thread % 2 == 0 ? one : other;
            ImUser to = thread % 2 == 0 ? other : one;
            senders.add(() -> IntStream.range(0, each)
                    .mapToObj(i -> from.write(to.id(), "message " + i))
                    .toList());
        }
        List<Answer> answers = Race.run(senders).stream().flatMap(List::stream).toList();

        assertThat(seqs(answers))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 8 * each).boxed().toList());
        List<JsonElement> history =
                other.history(roomOf(answers.get(0)), "page_size", 100).asList();
        assertThat(history)
                .extracting(item -> item.getAsJsonObject().get("MessageId"))
                .containsExactlyInAnyOrderElementsOf(answers.stream()
                        .map(answer -> answer.data().get("message_id"))
                        .toList());
        assertThat(answers)
                .allSatisfy(answer -> assertThat(history.get((int) (8 * each - seq(answer)))
                                .getAsJsonObject()
                                .get("MessageId"))
                        .isEqualTo(answer.data().get("message_id")));
    }

    private static String roomOf(Answer answer) {
        return answer.data().get("room_id").getAsString();
    }

    private static long seq(Answer answer) {
        return answer.data().get("seq").getAsLong();
    }

    private static List<Long> seqs(List<Answer> answers) {
        return answers.stream().map(SingleMessageContract::seq).sorted().toList();
    }
}
