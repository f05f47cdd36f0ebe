package io.simpleim.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoNamespace;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MongoDB driver against the embedded store. */
class EmbeddedMongoIT {
    private static final WriteConcern DURABLE = WriteConcern.MAJORITY.withJournal(true);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("data").resolve("mongo.db");
    }

    private static MongoClient connect(EmbeddedMongo mongo) {
        return MongoClients.create("mongodb://" + mongo.address());
    }

    private static MongoCollection<Document> messages(MongoClient client) {
        return client.getDatabase("im").getCollection("message").withWriteConcern(DURABLE);
    }

    @Test
    void aFileKeepsWhatWasWritten() {
        try (EmbeddedMongo mongo = EmbeddedMongo.openFile(file(), 0);
                MongoClient client = connect(mongo)) {
            messages(client).createIndex(Indexes.ascending("room_id", "created_at"));
            messages(client)
                    .insertMany(IntStream.range(0, 500)
                            .mapToObj(EmbeddedMongoIT::message)
                            .toList());
        }
        try (EmbeddedMongo mongo = EmbeddedMongo.openFile(file(), 0);
                MongoClient client = connect(mongo)) {
            assertThat(messages(client).countDocuments()).isEqualTo(500);
            assertThat(messages(client)
                            .find(Filters.and(Filters.eq("room_id", "r3"), Filters.gte("created_at", 100L)))
                            .sort(Sorts.descending("created_at"))
                            .limit(2)
                            .map(found -> found.getLong("created_at"))
                            .into(new ArrayList<>()))
                    .containsExactly(493L, 483L);
        }
    }

    private static Document message(int n) {
        return new Document("_id", "r" + n % 10 + ":" + n / 10)
                .append("room_id", "r" + n % 10)
                .append("created_at", (long) n);
    }

    @Test
    void aFileOpensOnlyOnce() {
        try (EmbeddedMongo mongo = EmbeddedMongo.openFile(file(), 0)) {
            assertThat(mongo.port()).isPositive();
            assertThatThrownBy(() -> EmbeddedMongo.openFile(file(), 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(file().toString())
                    .hasMessageContaining("another server seems to be running on this data folder");
        }
        EmbeddedMongo.openFile(file(), 0).close();
    }

    @Test
    void closingTwiceIsFine() {
        EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
        mongo.close();
        mongo.close();
    }

    @Test
    void aDuplicateIsRefusedInEveryUniqueIndex() {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
                MongoClient client = connect(mongo)) {
            MongoCollection<Document> members = messages(client);
            members.createIndex(Indexes.ascending("user_id", "room_id"), new IndexOptions().unique(true));
            members.insertOne(new Document("_id", 1).append("user_id", "u").append("room_id", "r"));
            assertThatThrownBy(() -> members.insertOne(new Document("_id", 1L).append("user_id", "v")))
                    .isInstanceOf(MongoWriteException.class);
            assertThatThrownBy(() -> members.insertOne(
                            new Document("_id", 2).append("user_id", "u").append("room_id", "r")))
                    .isInstanceOf(MongoWriteException.class);
            assertThat(members.find(Filters.eq("user_id", "u")).into(new ArrayList<>()))
                    .hasSize(1);
        }
    }

    /** The library returned the stored document itself, which the next update changed, so numbers came twice. */
    @Test
    void eachOfManyIncrementsReturnsANumberOfItsOwn() {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
                MongoClient client = connect(mongo)) {
            MongoCollection<Document> counters = client.getDatabase("im").getCollection("counter");
            counters.insertOne(new Document("_id", 1).append("n", 0));
            FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
            Set<Integer> numbers = ConcurrentHashMap.newKeySet();
            IntStream.range(0, 2_000)
                    .parallel()
                    .forEach(
                            i -> numbers.add(counters.findOneAndUpdate(Filters.eq("_id", 1), Updates.inc("n", 1), after)
                                    .getInteger("n")));
            assertThat(numbers).hasSize(2_000);
        }
    }

    @Test
    void queriesSeeWholeDocumentsWhileOthersWrite() throws Exception {
        try (EmbeddedMongo mongo = EmbeddedMongo.openFile(file(), 0);
                MongoClient client = connect(mongo)) {
            MongoCollection<Document> pairs = messages(client);
            pairs.createIndex(Indexes.ascending("group", "a"));
            for (int i = 0; i < 50; i++) {
                pairs.insertOne(
                        new Document("_id", i).append("group", 1).append("a", 0).append("b", 0));
            }
            Thread writer = new Thread(() -> {
                for (int n = 1; n <= 300; n++) {
                    pairs.withWriteConcern(WriteConcern.W1)
                            .updateOne(
                                    Filters.eq("_id", n % 50),
                                    Updates.combine(Updates.set("a", n), Updates.set("b", n)));
                }
            });
            writer.start();
            while (writer.isAlive()) {
                List<Document> found = pairs.find(Filters.eq("group", 1)).into(new ArrayList<>());
                assertThat(found)
                        .hasSize(50)
                        .allSatisfy(pair -> assertThat(pair.get("a")).isEqualTo(pair.get("b")));
            }
            writer.join();
        }
    }

    @Test
    void documentsAreCountedWithTheirIndex() {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
                MongoClient client = connect(mongo)) {
            messages(client)
                    .insertMany(IntStream.range(0, 50)
                            .mapToObj(EmbeddedMongoIT::message)
                            .toList());
            assertThat(messages(client).countDocuments()).isEqualTo(50);
            assertThat(messages(client).countDocuments(Filters.eq("room_id", "r1")))
                    .isEqualTo(5);
            assertThat(messages(client).countDocuments(Filters.eq("room_id", "none")))
                    .isZero();
            CountOptions page = new CountOptions().skip(1).limit(3);
            assertThat(messages(client).countDocuments(Filters.eq("room_id", "r1"), page))
                    .isEqualTo(3);
        }
    }

    @Test
    void aRenamedCollectionKeepsItsIndexesAndADroppedDatabaseIsGone() {
        try (EmbeddedMongo mongo = EmbeddedMongo.openFile(file(), 0);
                MongoClient client = connect(mongo)) {
            messages(client).createIndex(Indexes.ascending("room_id"));
            messages(client)
                    .insertMany(IntStream.range(0, 50)
                            .mapToObj(EmbeddedMongoIT::message)
                            .toList());
            messages(client).renameCollection(new MongoNamespace("im", "archive"));
            client.getDatabase("other").getCollection("x").insertOne(new Document("_id", 1));
            client.getDatabase("other").drop();
        }
        try (EmbeddedMongo mongo = EmbeddedMongo.openFile(file(), 0);
                MongoClient client = connect(mongo)) {
            MongoCollection<Document> archive = client.getDatabase("im").getCollection("archive");
            assertThat(archive.find(Filters.eq("room_id", "r1")).into(new ArrayList<>()))
                    .hasSize(5);
            assertThat(client.listDatabaseNames().into(new ArrayList<>())).isEqualTo(Collections.singletonList("im"));
        }
    }
}
