package io.simpleim.standalone.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import io.simpleim.standalone.store.Commands;
import io.simpleim.standalone.store.file.StoreFile;
import io.simpleim.standalone.store.key.KeyWriter;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The planner chooses the right index and reads no more documents than needed. */
class PlannerTest {
    private static final int ROOMS = 10;
    private static final int PER_ROOM = 20;

    private final Commands store = new Commands(StoreFile.inMemory());

    @BeforeEach
    void fill() {
        store.createIndex("m", "room_created", new Document("room_id", 1).append("created_at", 1), false);
        store.createIndex("m", "user_room", new Document("user_id", 1).append("room_id", 1), true);
        store.createIndex("m", "expires", new Document("expires_at", 1), false);
        for (int i = 0; i < ROOMS * PER_ROOM; i++) {
            Document message = new Document("_id", "m" + i).append("room_id", "r" + i % ROOMS);
            message.append("created_at", (long) i).append("user_id", i / ROOMS);
            store.insert("m", message.append("expires_at", i % 50 == 0 ? i : 0));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Document doc(String key, Object value) {
        return new Document(key, value);
    }

    private QueryPlan plan(Document query, Document sort, int limit) {
        return Objects.requireNonNull(store.plan("m", query, sort, limit), "scan");
    }

    private long readCount(Document query) {
        return plan(query, new Document(), 0).positions().count();
    }

    @Test
    void allKeysOfAUniqueIndexWithOtherConditions() {
        assertThat(readCount(doc("_id", "m5").append("created_at", doc("$lt", 3))))
                .isEqualTo(1);
        assertThat(readCount(doc("_id", doc("$in", List.of("m1", "m2", "none"))).append("user_id", 7)))
                .isEqualTo(2);
        assertThat(readCount(doc("user_id", 3).append("room_id", "r1").append("created_at", 1)))
                .isEqualTo(1);
    }

    @Test
    void aPrefixAndARangeOfTheNextKey() {
        assertThat(readCount(doc("user_id", 3))).isEqualTo(ROOMS);
        assertThat(readCount(doc("room_id", "r1"))).isEqualTo(PER_ROOM);
        assertThat(readCount(doc("room_id", "r1")
                        .append("created_at", doc("$gte", 21L).append("$lt", 51))))
                .isEqualTo(3);
        assertThat(readCount(doc("expires_at", doc("$gt", 0).append("$lte", 100))))
                .isEqualTo(2);
    }

    @Test
    void conditionsUnderAndCountLikeTopLevelOnes() {
        Document query = doc("$and", List.of(doc("room_id", "r1"), doc("created_at", doc("$gt", 150))));
        assertThat(readCount(query)).isEqualTo(5);
    }

    @Test
    void theIndexWithTheFewestDocumentsWins() {
        assertThat(readCount(doc("room_id", "r1").append("expires_at", 50))).isEqualTo(1);
    }

    @Test
    void aSortedPageReadsNoMoreThanItNeeds() {
        QueryPlan plan = plan(doc("room_id", "r1"), doc("created_at", -1), 3);
        assertThat(plan.sorted()).isTrue();
        assertThat(plan.positions().limit(3))
                .containsExactly(KeyWriter.key("m191"), KeyWriter.key("m181"), KeyWriter.key("m171"));
        assertThat(plan(new Document(), doc("_id", 1), 3).sorted()).isTrue();
    }

    @Test
    void aFieldThatNoIndexBeginsWithNeedsAScan() {
        assertThat(store.plan("m", doc("created_at", 3L), new Document(), 0)).isNull();
        assertThat(store.plan("m", doc("$or", List.of(doc("_id", 1), doc("_id", 2))), new Document(), 0))
                .isNull();
    }
}
