package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.store.mongo.UserMessageDao.Entry;
import io.simpleim.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class UserMessageDaoContract extends DaoContract {
    private static final int BATCH = 5;

    private UserMessageDao entries;

    @Override
    void createDao(MongoStore store) {
        entries = new UserMessageDao(store);
        entries.createIndexes();
    }

    private static Entry entry(long seq, String messageId) {
        return new Entry("r", seq, messageId, "anna", 1, 1, 1000);
    }

    private static List<Entry> numbered(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> entry(seq, "m" + seq))
                .toList();
    }

    @Test
    void storesABatchWhenNothingIsTaken() {
        assertThat(entries.insertInOrder(numbered(1, BATCH))).isEqualTo(BATCH);
        assertThat(entries.findNumbers("r", List.of(1L, 2L, 3L, 4L, 5L, 6L)).values())
                .containsExactlyInAnyOrderElementsOf(numbered(1, BATCH));
    }

    @ParameterizedTest(name = "the number at place {0}")
    @ValueSource(ints = {0, 2, BATCH - 1})
    void stopsAtTheFirstNumberThatIsTaken(int place) {
        entries.insertInOrder(List.of(entry(1 + place, "somebody else's")));
        assertThat(entries.insertInOrder(numbered(1, BATCH))).isEqualTo(place);
        assertStored(place, entry(1 + place, "somebody else's"));
    }

    @ParameterizedTest(name = "the message at place {0}")
    @ValueSource(ints = {0, 2, BATCH - 1})
    void stopsAtTheFirstMessageThatHasANumber(int place) {
        Entry earlier = entry(100, "m" + (1 + place));
        entries.insertInOrder(List.of(earlier));
        assertThat(entries.insertInOrder(numbered(1, BATCH))).isEqualTo(place);
        assertStored(place, earlier);
    }

    @Test
    void stopsAtTheFirstOfSeveralThatAreTaken() {
        entries.insertInOrder(List.of(entry(4, "x"), entry(90, "m2")));
        assertThat(entries.insertInOrder(numbered(1, BATCH))).isEqualTo(1);
    }

    private void assertStored(int first, Entry earlier) {
        List<Entry> expected = new ArrayList<>(numbered(1, first));
        expected.add(earlier);
        assertThat(collection("user_message").countDocuments()).isEqualTo(expected.size());
        assertThat(entries.findNumbers("r", expected.stream().map(Entry::seq).toList())
                        .values())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void givesANumberToOneOfManyThatWantIt() {
        List<Integer> stored = Race.call(8, i -> entries.insertInOrder(List.of(entry(1, "m" + i))));
        assertThat(stored).containsOnlyOnce(1);
        assertThat(collection("user_message").countDocuments()).isEqualTo(1);
    }

    @Test
    void givesAMessageOneNumberWhenManyNumberIt() {
        List<Integer> stored = Race.call(8, i -> entries.insertInOrder(List.of(entry(1 + i, "m"))));
        assertThat(stored).containsOnlyOnce(1);
    }

    @Test
    void keepsTheNumbersOfRoomsApart() {
        entries.insertInOrder(numbered(1, 3));
        Entry elsewhere = new Entry("r2", 1, "m1", "anna", 1, 1, 1000);
        assertThat(entries.insertInOrder(List.of(elsewhere))).isEqualTo(1);
        assertThat(entries.findNumbers("r2", List.of(1L, 2L))).isEqualTo(Map.of(1L, elsewhere));
        assertThat(entries.lastNumber("r2", 0)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} numbers, {1} known")
    @CsvSource({
        "0, 0",
        "1, 0",
        "1, 1",
        "7, 0",
        "8, 0",
        "8, 8",
        "9, 0",
        "9, 8",
        "10, 0",
        "10, 9",
        "40, 0",
        "41, 0",
        "168, 0",
        "1000, 0",
        "1000, 1",
        "1000, 990",
        "1000, 999",
        "1000, 1000"
    })
    void findsTheLastNumberFromAnyThatIsKnown(long last, long known) {
        if (last > 0) {
            entries.insertInOrder(numbered(1, last));
        }
        assertThat(entries.lastNumber("r", known)).isEqualTo(last);
    }

    @Test
    void findsTheNumbersThatAreThere() {
        entries.insertInOrder(numbered(1, 3));
        assertThat(entries.findNumbers("r", List.of(3L, 2L, 7L))).containsOnlyKeys(2L, 3L);
        assertThat(entries.findNumbers("r", List.of())).isEmpty();
        assertThat(entries.findNumbers("unknown", List.of(1L))).isEmpty();
    }

    @Test
    void findsOneNumberOfEachOfSomeRooms() {
        entries.insertInOrder(numbered(1, 3));
        Entry elsewhere = new Entry("r2", 2, "m1", "anna", 1, 1, 1000);
        entries.insertInOrder(List.of(elsewhere));
        assertThat(entries.findOneOfEach(Map.of("r", 3L, "r2", 2L, "r3", 1L)))
                .isEqualTo(Map.of("r", entry(3, "m3"), "r2", elsewhere));
        assertThat(entries.findOneOfEach(Map.of("r", 4L, "r2", 1L))).isEmpty();
    }

    @Test
    void findsTheNumberOfAMessage() {
        entries.insertInOrder(numbered(1, 3));
        assertThat(entries.findMessages(Map.of("r", List.of("m2", "m9"), "r2", List.of("m2"))))
                .isEqualTo(Map.of("m2", entry(2, "m2")));
    }

    @Test
    void confirmsWithoutChangingAnything() {
        entries.insertInOrder(numbered(1, 1));
        Document before = only("user_message");
        entries.confirm(List.of(entry(1, "m1")));
        entries.confirmNumber("r", 2);
        assertThat(only("user_message")).isEqualTo(before);
        assertThat(collection("user_message").countDocuments()).isEqualTo(1);
    }

    @Test
    void writesThePublishedFieldsAndReadsNumbersOfAnyWidth() {
        entries.insertInOrder(numbered(1, 1));
        assertThat(only("user_message"))
                .containsEntry("room_id", "r")
                .containsEntry("message_id", "m1")
                .containsEntry("send_user_id", "anna")
                .containsEntry("created_at", 1000L)
                .containsEntry("send_status", 1);
        collection("user_message")
                .insertOne(new Document("_id", "r:2")
                        .append("room_id", "r")
                        .append("message_id", "m2")
                        .append("send_user_id", "anna")
                        .append("seq", 2)
                        .append("message_type", 1.0)
                        .append("send_status", 1L)
                        .append("created_at", 1000));
        assertThat(entries.findNumbers("r", List.of(2L))).isEqualTo(Map.of(2L, entry(2, "m2")));
        assertThat(entries.lastNumber("r", 0)).isEqualTo(2);
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        entries.createIndexes();
        assertThat(collection("user_message").listIndexes()).hasSize(2);
    }
}
