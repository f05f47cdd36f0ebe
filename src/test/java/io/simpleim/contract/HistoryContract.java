package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImUser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The message history of a room. */
interface HistoryContract extends ApiSuite {
    String HISTORY = "rm/room/get_room_message_list";

    @Test
    default void itemHasAllPublishedFields() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        JsonObject sent = user.say(roomId, "你好").data();

        JsonObject item = user.history(roomId).get(0).getAsJsonObject();

        assertThat(item.keySet())
                .contains(
                        "RoomId",
                        "MessageId",
                        "SendUserId",
                        "SendStatus",
                        "CreateAt",
                        "Seq",
                        "MessageType",
                        "MessageData");
        assertThat(item.get("RoomId").getAsString()).isEqualTo(roomId);
        assertThat(item.get("MessageId")).isEqualTo(sent.get("message_id"));
        assertThat(item.get("SendUserId").getAsString()).isEqualTo(user.id());
        assertThat(item.get("SendStatus").getAsInt()).isEqualTo(1);
        assertThat(item.get("CreateAt")).isEqualTo(sent.get("created_at"));
        assertThat(item.get("Seq").getAsLong()).isEqualTo(1);
        assertThat(item.get("MessageType").getAsInt()).isEqualTo(1);
        assertThat(item.get("MessageData").getAsString()).isEqualTo("你好");
    }

    @Test
    default void theNewestMessageComesFirstAndPagesGoBack() {
        ImUser user = anyUser();
        String roomId = roomOf(user, 23);

        assertThat(seqs(user.history(roomId))).hasSize(20).startsWith(23L, 22L).endsWith(5L, 4L);
        assertThat(seqs(user.history(roomId, "page", 2))).containsExactly(3L, 2L, 1L);
        assertThat(seqs(user.history(roomId, "page", 2, "page_size", 4))).containsExactly(19L, 18L, 17L, 16L);
        assertThat(seqs(user.history(roomId, "page_size", 100))).hasSize(23);
        assertThat(seqs(user.history(roomId, "page_size", 1))).containsExactly(23L);
    }

    @Test
    default void aPagePastTheEndIsEmpty() {
        ImUser user = anyUser();
        String roomId = roomOf(user, 2);

        assertThat(user.history(roomId, "page", 2)).isEmpty();
        assertThat(user.history(roomId, "page", Integer.MAX_VALUE, "page_size", 100))
                .isEmpty();
        assertThat(user.history(roomId, "page", "99999999999")).isEmpty();
        assertThat(user.history(user.roomWith())).isEmpty();
    }

    @Test
    default void beforeSeqReturnsTheNewestOlderMessages() {
        ImUser user = anyUser();
        String roomId = roomOf(user, 5);

        assertThat(seqs(user.history(roomId, "before_seq", 4))).containsExactly(3L, 2L, 1L);
        assertThat(seqs(user.history(roomId, "before_seq", 4, "page_size", 2))).containsExactly(3L, 2L);
        assertThat(user.history(roomId, "before_seq", 1)).isEmpty();
        assertThat(seqs(user.history(roomId, "before_seq", 100, "page_size", 1)))
                .containsExactly(5L);
        assertThat(seqs(user.history(roomId, "before_seq", Long.MAX_VALUE, "page_size", 1)))
                .containsExactly(5L);
    }

    @Test
    default void afterSeqReturnsTheOldestNewerMessages() {
        ImUser user = anyUser();
        String roomId = roomOf(user, 5);

        assertThat(seqs(user.history(roomId, "after_seq", 3))).containsExactly(4L, 5L);
        assertThat(seqs(user.history(roomId, "after_seq", 0, "page_size", 2))).containsExactly(1L, 2L);
        assertThat(user.history(roomId, "after_seq", 5)).isEmpty();
        assertThat(user.history(roomId, "after_seq", 100)).isEmpty();
    }

    @Test
    default void nothingFollowsTheLargestSeq() {
        ImUser user = anyUser();
        assertThat(user.history(roomOf(user, 1), "after_seq", Long.MAX_VALUE)).isEmpty();
    }

    @Test
    default void beforeAndAfterTogetherAreInvalid() {
        ImUser user = anyUser();
        Answer answer = user.get(HISTORY, "room_id", user.roomWith(), "before_seq", 2, "after_seq", 1);
        assertThat(answer.error()).isEqualTo("invalid_parameter");
    }

    @Test
    default void newMemberReadsEarlierMessages() {
        ImUser host = anyUser();
        String roomId = roomOf(host, 2);
        ImUser guest = anyUser();
        guest.enter(roomId);
        assertThat(seqs(guest.history(roomId))).containsExactly(2L, 1L);
    }

    @Test
    default void formerMemberCannotRead() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        host.say(roomId, "m");
        guest.exit(roomId);

        assertThat(guest.get(HISTORY, "room_id", roomId).error()).isEqualTo("not_in_room");
        assertThat(guest.get(HISTORY, "room_id", roomId, "after_seq", 0).error())
                .isEqualTo("not_in_room");
        assertThat(guest.get(HISTORY, "room_id", roomId, "before_seq", 9).error())
                .isEqualTo("not_in_room");
    }

    @Test
    default void bothUsersOfASingleChatReadTheSame() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        String roomId = one.write(other.id(), "1").data().get("room_id").getAsString();
        other.write(one.id(), "2");

        assertThat(one.history(roomId)).isEqualTo(other.history(roomId)).hasSize(2);
    }

    private static String roomOf(ImUser user, int messages) {
        String roomId = user.roomWith();
        for (int i = 1; i <= messages; i++) {
            user.say(roomId, "message " + i);
        }
        return roomId;
    }

    private static List<Long> seqs(JsonArray history) {
        return history.asList().stream()
                .map(item -> item.getAsJsonObject().get("Seq").getAsLong())
                .toList();
    }
}
