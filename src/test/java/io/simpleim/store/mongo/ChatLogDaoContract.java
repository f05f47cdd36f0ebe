package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.ConversationEntry;
import io.simpleim.model.RoomType;
import io.simpleim.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

abstract class ChatLogDaoContract extends DaoContract {
    private ChatLogDao chatLog;

    @Override
    void createDao(MongoStore store) {
        chatLog = new ChatLogDao(store);
        chatLog.createIndexes();
    }

    private static ConversationEntry entry(String roomId, long activeAtMillis, long readSeq) {
        return new ConversationEntry("anna", roomId, 2, activeAtMillis, readSeq);
    }

    private List<ConversationEntry> activeSince(long millis) {
        List<ConversationEntry> found = new ArrayList<>();
        chatLog.forEachActiveSince("anna", RoomType.GROUP, millis, found::add);
        return found;
    }

    private ConversationEntry stored(String roomId) {
        return chatLog.findAll("anna", List.of(roomId)).get(roomId);
    }

    @Test
    void createsEntriesAndMovesThemOn() {
        chatLog.advance(List.of(entry("r1", 1000, 1), entry("r2", 1000, 0)));
        chatLog.advanceLazily(List.of(entry("r1", 5000, 7)));
        assertThat(chatLog.findAll("anna", List.of("r1", "r2", "r3")))
                .isEqualTo(Map.of("r1", entry("r1", 5000, 7), "r2", entry("r2", 1000, 0)));
    }

    @Test
    void givesTheLatestOfATypeInTheirOrder() {
        chatLog.advance(List.of(entry("r1", 1000, 0), entry("r2", 3000, 0), entry("r3", 2000, 0)));
        chatLog.advance(List.of(new ConversationEntry("anna", "single", RoomType.SINGLE, 9000, 0)));
        assertThat(chatLog.latest("anna", RoomType.GROUP, 2))
                .containsExactly(entry("r2", 3000, 0), entry("r3", 2000, 0));
        assertThat(chatLog.latest("berta", RoomType.GROUP, 2)).isEmpty();
    }

    @Test
    void neverMovesActivityOrReadingBack() {
        chatLog.advance(List.of(entry("r", 5000, 7)));
        chatLog.advance(List.of(entry("r", 6000, 3)));
        assertThat(stored("r")).isEqualTo(entry("r", 6000, 7));
        chatLog.advance(List.of(entry("r", 1000, 9)));
        assertThat(stored("r")).isEqualTo(entry("r", 6000, 9));
    }

    @Test
    void endsAtTheGreatestWhenManyWriteTheSameEntriesAtTheSameMoment() {
        for (int round = 0; round < 10; round++) {
            List<String> roomIds = List.of("r" + round, "s" + round, "t" + round);
            Race.each(
                    8,
                    i -> chatLog.advance(roomIds.stream()
                            .map(roomId -> entry(roomId, 1000 + i, 100 - i))
                            .toList()));
            assertThat(chatLog.findAll("anna", roomIds).values())
                    .hasSize(3)
                    .allMatch(entry -> entry.activeAtMillis() == 1007 && entry.readSeq() == 100);
        }
        assertThat(collection("user_room_chat_log").countDocuments()).isEqualTo(30);
    }

    @Test
    void writesMoreThanOneBatch() {
        chatLog.advance(IntStream.range(0, 2500)
                .mapToObj(i -> entry("r" + i, 1000 + i, 0))
                .toList());
        assertThat(activeSince(0)).hasSize(2500);
        chatLog.advance(List.of());
    }

    @Test
    void givesWhatWasActiveAtOrAfterATime() {
        chatLog.advance(List.of(entry("r1", 1000, 0), entry("r2", 2000, 0), entry("r3", 3000, 0)));
        chatLog.advance(List.of(new ConversationEntry("bert", "r3", 2, 3000, 0)));
        assertThat(activeSince(2000)).containsExactlyInAnyOrder(entry("r2", 2000, 0), entry("r3", 3000, 0));
        assertThat(activeSince(3001)).isEmpty();
        assertThat(activeSince(-10_000)).hasSize(3);
    }

    @Test
    void givesHowFarSomeUsersHaveReadARoom() {
        chatLog.advance(List.of(
                entry("r", 1000, 5),
                new ConversationEntry("bert", "r", 2, 1000, 0),
                new ConversationEntry("carl", "other", 2, 1000, 7)));
        assertThat(chatLog.readSeqs("r", List.of("anna", "bert", "carl"))).isEqualTo(Map.of("anna", 5L, "bert", 0L));
        assertThat(chatLog.readSeqs("r", List.of())).isEmpty();
    }

    @Test
    void forgetsAnEntry() {
        chatLog.advance(List.of(entry("r", 1000, 5)));
        chatLog.delete("r", "bert");
        chatLog.delete("r", "anna");
        chatLog.delete("r", "anna");
        assertThat(activeSince(0)).isEmpty();
    }

    @Test
    void writesThePublishedFieldsAndReadsNumbersOfAnyWidth() {
        chatLog.advance(List.of(entry("r", 5_999, 0)));
        chatLog.advance(List.of(entry("r", 7_999, 0)));
        assertThat(only("user_room_chat_log"))
                .containsEntry("user_id", "anna")
                .containsEntry("room_id", "r")
                .containsEntry("created_at", 5L)
                .containsEntry("updated_at", 7L);
        collection("user_room_chat_log")
                .insertOne(new Document("_id", "old:anna")
                        .append("user_id", "anna")
                        .append("room_id", "old")
                        .append("room_type", 2.0)
                        .append("active_at", 9000)
                        .append("read_seq", 3));
        assertThat(activeSince(8000)).containsExactly(entry("old", 9000, 3));
        chatLog.advance(List.of(entry("old", 8000, 4)));
        assertThat(stored("old")).isEqualTo(entry("old", 9000, 4));
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        chatLog.createIndexes();
        assertThat(collection("user_room_chat_log").listIndexes()).hasSize(2);
    }
}
