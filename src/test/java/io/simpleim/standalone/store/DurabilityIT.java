package io.simpleim.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.simpleim.standalone.store.file.StoreFile;
import io.simpleim.standalone.store.redo.LogFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A server in another JVM is killed under write load. */
class DurabilityIT {
    private static final int WRITERS = 4;
    private static final int ENOUGH = 1_500;

    @TempDir
    Path folder;

    /** The child process. It has frequent checkpoints, so that the kill is likely to hit one. */
    static final class Server {
        private Server() {}

        @SuppressWarnings("SystemOut") // the parent reads the port there
        public static void main(String[] args) throws InterruptedException {
            StoreFile.Limits often = new StoreFile.Limits(100_000, 1 << 20, Duration.ofMillis(50));
            EmbeddedMongo mongo = new EmbeddedMongo(StoreFile.open(Path.of(args[0]), LogFile::onDisk, often), 0);
            System.out.println(mongo.port());
            Thread.currentThread().join();
        }
    }

    @RepeatedTest(3)
    void everyAcknowledgedWriteIsThereAfterAKill() throws Exception {
        Path file = folder.resolve("mongo.db");
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        Process server = start(file);
        try (BufferedReader out = server.inputReader();
                MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + out.readLine())) {
            List<Thread> writers = writers(client, acknowledged);
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> acknowledged.size() >= ENOUGH);
            server.destroyForcibly().waitFor();
            for (Thread writer : writers) {
                writer.join();
            }
        }
        checkStoredDocuments(file, acknowledged);
    }

    private Process start(Path file) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        file.toString())
                .redirectError(new File(folder.toFile(), "server.log"))
                .start();
    }

    private static MongoCollection<Document> durable(MongoClient client) {
        MongoCollection<Document> messages = client.getDatabase("im")
                .getCollection("message")
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        messages.createIndex(Indexes.ascending("writer", "n"));
        return messages;
    }

    private static List<Thread> writers(MongoClient client, Set<Integer> acknowledged) {
        MongoCollection<Document> messages = durable(client);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int first = writer;
            Thread thread = new Thread(() -> write(client, messages, first, acknowledged));
            thread.start();
            writers.add(thread);
        }
        return writers;
    }

    /** Inserts documents and updates each one, so that pages are freed and reused. */
    private static void write(
            MongoClient client, MongoCollection<Document> messages, int writer, Set<Integer> acknowledged) {
        try {
            MongoCollection<Document> texts =
                    client.getDatabase("im").getCollection("text").withWriteConcern(WriteConcern.W1);
            for (int n = writer; ; n += WRITERS) {
                // Not awaited: the next durable write covers it.
                texts.insertOne(new Document("_id", n));
                messages.insertOne(
                        new Document("_id", n).append("writer", writer).append("n", n));
                acknowledged.add(n);
                messages.withWriteConcern(WriteConcern.W1)
                        .updateOne(Filters.eq("_id", n), Updates.set("text", "x".repeat(n % 500)));
            }
        } catch (MongoException e) {
            assertThat(acknowledged).isNotEmpty(); // the server was killed, as intended
        }
    }

    private static void checkStoredDocuments(Path file, Set<Integer> acknowledged) {
        try (EmbeddedMongo mongo = EmbeddedMongo.openFile(file, 0);
                MongoClient client = MongoClients.create("mongodb://" + mongo.address())) {
            MongoCollection<Document> messages = client.getDatabase("im").getCollection("message");
            Set<Integer> stored = new HashSet<>();
            messages.find().map(found -> found.getInteger("_id")).into(stored);
            assertThat(stored).containsAll(acknowledged);
            Set<Integer> texts = new HashSet<>();
            client.getDatabase("im")
                    .getCollection("text")
                    .find()
                    .map(found -> found.getInteger("_id"))
                    .into(texts);
            assertThat(texts).as("what was written before").containsAll(stored);
            Set<Integer> indexed = new HashSet<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                messages.find(Filters.eq("writer", writer))
                        .map(found -> found.getInteger("_id"))
                        .into(indexed);
            }
            assertThat(indexed).isEqualTo(stored);
        }
    }
}
