package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao.Content;
import io.simpleim.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

abstract class MessageDaoContract extends DaoContract {
    private MessageDao messages;

    @Override
    void createDao(MongoStore store) {
        messages = new MessageDao(store);
        messages.createIndexes();
    }

    private static MessageDraft draft(String messageId, String data) {
        return new MessageDraft(messageId, "r", "anna", 1, data, 1000);
    }

    @Test
    void givesBackWhatMessagesSay() {
        String odd = "🙂 \u0001 $set.a\n\"ä\"";
        assertThat(messages.insertAll(
                        List.of(draft("m1", "one"), new MessageDraft("m2", "r", "anna", 9999, odd, 1000))))
                .isEmpty();
        assertThat(messages.findAll(List.of("m1", "m2", "m3")))
                .isEqualTo(Map.of("m1", new Content(1, "one"), "m2", new Content(9999, odd)));
        assertThat(messages.findAll(List.of())).isEmpty();
    }

    @Test
    void namesThoseThatWereThereAndLeavesThemAsTheyWere() {
        messages.insertAll(List.of(draft("m2", "old"), draft("m4", "old")));
        assertThat(messages.insertAll(
                        List.of(draft("m1", "new"), draft("m2", "new"), draft("m3", "new"), draft("m4", "new"))))
                .isEqualTo(Set.of("m2", "m4"));
        assertThat(messages.findAll(List.of("m1", "m2", "m3", "m4")))
                .isEqualTo(Map.of(
                        "m1", new Content(1, "new"),
                        "m2", new Content(1, "old"),
                        "m3", new Content(1, "new"),
                        "m4", new Content(1, "old")));
    }

    @Test
    void storesWithoutWaitingAllTheSame() {
        assertThat(messages.insertAllUnsafely(List.of(draft("m1", "one")))).isEmpty();
        assertThat(messages.insertAllUnsafely(List.of(draft("m1", "other"), draft("m2", "two"))))
                .containsExactly("m1");
        assertThat(messages.findAll(List.of("m1", "m2")))
                .isEqualTo(Map.of("m1", new Content(1, "one"), "m2", new Content(1, "two")));
    }

    @Test
    void storesOneOfSeveralOfOneIdInABatch() {
        assertThat(messages.insertAll(List.of(draft("m", "same"), draft("m", "same"), draft("n", "other"))))
                .isEqualTo(Set.of("m"));
        assertThat(collection("message").countDocuments()).isEqualTo(2);
    }

    @Test
    void storesEachOnceWhenManySendTheSameBatch() {
        List<MessageDraft> batch =
                IntStream.range(0, 50).mapToObj(i -> draft("m" + i, "text")).toList();
        List<Set<String>> known = Race.call(4, i -> messages.insertAll(batch));
        assertThat(collection("message").countDocuments()).isEqualTo(50);
        assertThat(known.stream().mapToInt(Set::size).sum()).isEqualTo(3 * 50);
    }

    @Test
    void confirmsWithoutChangingAnything() {
        messages.insertAll(List.of(draft("m", "text")));
        Document before = only("message");
        messages.confirm(List.of("m"));
        messages.confirm(List.of("unknown"));
        assertThat(only("message")).isEqualTo(before);
        assertThat(collection("message").countDocuments()).isEqualTo(1);
    }

    @Test
    void writesThePublishedFieldsAndReadsNumbersOfAnyWidth() {
        messages.insertAll(List.of(draft("m", "text")));
        assertThat(only("message"))
                .containsEntry("message_id", "m")
                .containsEntry("message_data", "text")
                .containsEntry("created_at", 1000L)
                .containsEntry("message_status", 1);
        collection("message").insertOne(new Document("message_id", "old").append("message_type", 2.0));
        assertThat(messages.findAll(List.of("old"))).isEqualTo(Map.of("old", new Content(2, "")));
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        messages.createIndexes();
        assertThat(collection("message").listIndexes()).hasSize(2);
    }
}
