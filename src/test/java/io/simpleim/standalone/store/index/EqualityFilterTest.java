package io.simpleim.standalone.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EqualityFilterTest {
    private static final List<Object> VALUES = Arrays.asList(
            "a",
            "b",
            "",
            "1",
            1,
            1L,
            1.0,
            2,
            5_000_000_000L,
            null,
            true,
            List.of("a"),
            List.of("b", 1),
            new Document("x", "a"));

    @Test
    void agreesWithTheLibrarysMatcherOnEveryValue() {
        List<Document> queries = new ArrayList<>();
        for (Object value : List.of("a", "", 1, 1L, 5_000_000_000L)) {
            queries.add(new Document("f", value));
        }
        queries.add(new Document("f", new Document("$in", List.of("a", "b"))));
        queries.add(new Document("f", new Document("$in", List.of())));
        queries.add(new Document("f", new Document("$in", List.of("a"))).append("g", 1));
        for (Document query : queries) {
            EqualityFilter plain = EqualityFilter.of(query);
            assertThat(plain).as("%s", query).isNotNull();
            for (Object value : VALUES) {
                for (Object other : VALUES) {
                    Document document = new Document("f", value).append("g", other);
                    assertThat(plain.test(document))
                            .as("%s of %s", query, document)
                            .isEqualTo(new DefaultQueryMatcher().matches(document, query));
                }
            }
            assertThat(plain.test(new Document())).isEqualTo(new DefaultQueryMatcher().matches(new Document(), query));
        }
    }

    @Test
    void leavesOtherQueriesToTheLibrary() {
        assertThat(EqualityFilter.of(new Document("f", null))).isNull();
        assertThat(EqualityFilter.of(new Document("f", 1.5))).isNull();
        assertThat(EqualityFilter.of(new Document("f.g", "a"))).isNull();
        assertThat(EqualityFilter.of(new Document("$or", List.of()))).isNull();
        assertThat(EqualityFilter.of(new Document("f", new Document("$gt", "a"))))
                .isNull();
        assertThat(EqualityFilter.of(new Document("f", new Document("$in", List.of("a")).append("$ne", "b"))))
                .isNull();
        assertThat(EqualityFilter.of(new Document("f", new Document("$in", List.of("a", 1)))))
                .isNull();
    }
}
