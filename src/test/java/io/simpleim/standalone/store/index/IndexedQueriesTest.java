package io.simpleim.standalone.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.simpleim.standalone.store.Commands;
import io.simpleim.standalone.store.file.StoreFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random documents, changes and queries, compared with a list of documents and the library's matcher. The seed is fixed
 * and part of every failure message.
 */
class IndexedQueriesTest {
    private static final long SEED = 20261123;
    private static final int DOCUMENTS = 400;
    private static final int QUERIES = 1500;
    private static final List<String> FIELDS = List.of("a", "b", "c", "d.e");

    private final Random random = new Random(SEED);
    /** Expected documents by id. */
    private final Map<Integer, Document> expected = new TreeMap<>();

    @TempDir
    Path folder;

    private Commands store;
    /** Whether to use only values that an index can order, so that it can give a sorted page. */
    private boolean onlyOrdered;

    @BeforeEach
    void open() {
        store = new Commands(StoreFile.open(folder.resolve("test.db")));
        store.createIndex("docs", "a_b", new Document("a", 1).append("b", -1), false);
        store.createIndex("docs", "b_c", new Document("b", 1).append("c", 1), false);
        store.createIndex("docs", "de", new Document("d.e", 1), false);
        store.createIndex("docs", "c_id", new Document("c", 1).append("key", 1), true);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void answersEqualThoseOfAScan() {
        insertAll();
        check();
    }

    @Test
    void pagesInIndexOrderEqualThoseOfASort() {
        onlyOrdered = true;
        insertAll();
        for (int i = 0; i < 100; i++) {
            change(random.nextInt(DOCUMENTS * 2));
        }
        check();
    }

    @Test
    void indexesFollowUpdatesUpsertsAndDeletes() {
        insertAll();
        for (int i = 0; i < 300; i++) {
            change(random.nextInt(DOCUMENTS * 2));
        }
        check();
    }

    @Test
    void indexesSurviveReopening() {
        insertAll();
        reopen();
        check();
        change(7);
        check();
    }

    @Test
    void aMissingIndexIsRebuilt() {
        insertAll();
        store.close();
        StoreFile file = StoreFile.open(folder.resolve("test.db"));
        List.copyOf(file.mapNames()).stream()
                .filter(name -> name.startsWith("index."))
                .forEach(file::removeMap);
        file.close();
        store = new Commands(StoreFile.open(folder.resolve("test.db")));
        check();
    }

    @Test
    void anIndexIsBuiltFromExistingDocuments() {
        store.run(new Document("drop", "docs"));
        insertAll();
        store.createIndex("docs", "a_b", new Document("a", 1).append("b", 1), false);
        check();
    }

    @Test
    void droppedIndexesAndCollectionsLeaveNothingBehind() {
        insertAll();
        store.run(new Document("dropIndexes", "docs").append("index", "a_b"));
        check();
        store.createIndex("docs", "a_b", new Document("a", 1).append("b", 1), false);
        check();
        store.run(new Document("drop", "docs"));
        expected.clear();
        store.createIndex("docs", "a_b", new Document("a", 1).append("b", 1), false);
        insertAll();
        check();
    }

    private void reopen() {
        store.close();
        store = new Commands(StoreFile.open(folder.resolve("test.db")));
    }

    private void insertAll() {
        for (int id = 0; id < DOCUMENTS; id++) {
            Document document = randomDocument(id);
            store.insert("docs", document.cloneDeeply());
            expected.put(id, document);
        }
    }

    private void change(int id) {
        Document query = new Document("_id", id);
        if (random.nextInt(4) == 0) {
            store.delete("docs", query);
            expected.remove(id);
            return;
        }
        String field = FIELDS.get(random.nextInt(3));
        Object value = randomValue();
        store.update("docs", query, new Document("$set", new Document(field, value).append("key", id)), false, true);
        expected.computeIfAbsent(id, k -> new Document("_id", id))
                .append(field, value)
                .append("key", id);
    }

    private Document randomDocument(int id) {
        Document document = new Document("_id", id).append("key", id);
        for (String field : List.of("a", "b", "c")) {
            if (random.nextInt(6) > 0) {
                document.append(field, randomValue());
            }
        }
        return switch (onlyOrdered ? 3 : random.nextInt(4)) {
            case 0 -> document;
            case 1 -> document.append("d", randomValue());
            case 2 -> document.append("d", List.of(new Document("e", randomValue()), new Document("e", 3)));
            default -> document.append("d", new Document("e", randomValue()));
        };
    }

    private Object randomValue() {
        int n = random.nextInt(8);
        return switch (random.nextInt(onlyOrdered ? 11 : 14)) {
            case 0, 1, 2, 3 -> n;
            case 4 -> (long) n;
            case 5 -> n + random.nextInt(2) * 0.5;
            case 6, 7 -> "s" + n;
            case 8 -> Instant.ofEpochMilli(n);
            case 9 -> new ObjectId("00000000000000000000000" + n);
            case 10 -> n % 2 == 0;
            case 11 -> new ArrayList<>(List.of(n, "s" + n, n + 3).subList(0, n % 4));
            case 12 -> n < 4 ? new Document("x", n) : new Decimal128(BigDecimal.valueOf(n));
            default -> 5_000_000_000L + n * 0.5;
        };
    }

    private void check() {
        assertThat(store.find("docs", new Document())).as("seed %s", SEED).hasSameSizeAs(expected.values());
        for (int i = 0; i < QUERIES; i++) {
            check(randomQuery());
        }
    }

    private void check(Document query) {
        List<Document> wanted = scan(query);
        assertThat(ids(store.find("docs", query)))
                .as("seed %s, query %s", SEED, query)
                .containsExactlyInAnyOrderElementsOf(ids(wanted));
        Document sort = randomSort();
        if (wanted.stream().allMatch(document -> IndexedFields.areOrdered(document, List.copyOf(sort.keySet())))) {
            checkPage(query, sort, wanted);
        } // else the library's order is none: it does not hold an empty array equal to itself
    }

    private void checkPage(Document query, Document sort, List<Document> wanted) {
        int skip = random.nextInt(3);
        int limit = 1 + random.nextInt(10);
        Document command = new Document("find", "docs").append("filter", query).append("sort", sort);
        List<Document> page = store.find(command.append("skip", skip).append("limit", limit));
        Comparator<Document> order = new DocumentComparator(sort);
        wanted.sort(order);
        List<Document> wantedPage =
                wanted.subList(Math.min(skip, wanted.size()), Math.min(skip + limit, wanted.size()));
        assertThat(page)
                .as("seed %s, query %s, sort %s, skip %s, limit %s", SEED, query, sort, skip, limit)
                .hasSameSizeAs(wantedPage);
        for (int i = 0; i < page.size(); i++) {
            assertThat(order.compare(page.get(i), wantedPage.get(i)))
                    .as("seed %s, query %s, sort %s, place %s", SEED, query, sort, i)
                    .isZero();
        }
    }

    /** Compares ids instead of documents: setting 6 where 6.0 is stored leaves the library's document unchanged. */
    private static List<Object> ids(List<Document> documents) {
        return documents.stream().map(document -> document.get("_id")).toList();
    }

    private List<Document> scan(Document query) {
        List<Document> matching = new ArrayList<>();
        for (Document document : expected.values()) {
            if (new DefaultQueryMatcher().matches(document, query)) {
                matching.add(document);
            }
        }
        return matching;
    }

    private Document randomSort() {
        int direction = random.nextBoolean() ? 1 : -1;
        Document sort = new Document(FIELDS.get(random.nextInt(FIELDS.size())), direction);
        if (random.nextBoolean()) {
            sort.append("key", random.nextInt(4) == 0 ? -direction : direction);
        }
        return random.nextInt(5) == 0 ? new Document("_id", direction) : sort;
    }

    private Document randomQuery() {
        Document query = new Document();
        List<Document> and = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String field = random.nextInt(6) == 0 ? "_id" : FIELDS.get(random.nextInt(FIELDS.size()));
            Document condition = new Document(field, randomCondition());
            if (random.nextInt(4) == 0) {
                and.add(condition);
            } else {
                query.putAll(condition);
            }
        }
        return and.isEmpty() ? query : query.append("$and", and);
    }

    private Object randomCondition() {
        return switch (random.nextInt(9)) {
            case 0 -> new Document("$in", List.of(randomValue(), randomValue(), randomValue()));
            case 1 -> new Document(random.nextBoolean() ? "$gt" : "$gte", randomValue());
            case 2 -> new Document(random.nextBoolean() ? "$lt" : "$lte", randomValue());
            case 3, 4 ->
                new Document(random.nextBoolean() ? "$gt" : "$gte", random.nextInt(6))
                        .append(random.nextBoolean() ? "$lt" : "$lte", random.nextInt(6) + 2);
            case 5 -> new Document("$ne", randomValue());
            case 6 -> new Document("$eq", randomValue());
            case 7 -> random.nextInt(3) == 0 ? null : new Document("$exists", random.nextBoolean());
            default -> randomValue();
        };
    }
}
