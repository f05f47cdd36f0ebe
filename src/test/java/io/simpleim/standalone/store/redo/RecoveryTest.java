package io.simpleim.standalone.store.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import io.simpleim.standalone.store.Commands;
import io.simpleim.standalone.store.file.StoreFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the files of a store that was not closed, also after truncating or damaging them. The seed is fixed and part of
 * every failure message.
 */
class RecoveryTest {
    private static final long SEED = 20261124;
    private static final int COMMANDS = 80;
    private static final int CUTS = 100;
    private static final StoreFile.Limits NEVER = new StoreFile.Limits(1L << 40, 1L << 40, Duration.ofHours(1));

    private final Random random = new Random(SEED);
    private final WatchedDisk disk = new WatchedDisk();
    /** End of the log after each command. */
    private final List<Long> ends = new ArrayList<>();

    /** Stored documents before the first command and after each one. */
    private final List<Map<Object, Document>> states = new ArrayList<>();

    @TempDir
    Path folder;

    private Commands store;

    @BeforeEach
    void open() throws IOException {
        store = new Commands(StoreFile.open(file("live"), disk, NEVER));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTruncatedLogGivesTheCommandsBeforeTheCut() throws IOException {
        runCommands();
        long end = disk.end;
        for (int i = 0; i < CUTS; i++) {
            long cut = i < ends.size() ? ends.get(i) - i % 2 : random.nextLong(end + 1);
            Path copy = copy("cut" + i);
            try (RandomAccessFile log = new RandomAccessFile(log(copy).toFile(), "rw")) {
                log.setLength(cut);
            }
            check(copy, (int) ends.stream().filter(at -> at <= cut).count(), "cut at " + cut);
        }
    }

    @Test
    void aDamagedLastBlockEndsTheLog() throws IOException {
        runCommands();
        Path copy = copy("damaged");
        damage(log(copy), ends.get(COMMANDS - 2) + RedoLog.BLOCK_HEADER + 3);
        check(copy, COMMANDS - 1, "the last block is damaged");
    }

    @Test
    void damageBeforeCompleteBlocksIsRefused() throws IOException {
        runCommands();
        Path copy = copy("damaged");
        damage(log(copy), ends.get(COMMANDS / 2) + RedoLog.BLOCK_HEADER + 3);
        assertThatThrownBy(() -> StoreFile.open(copy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(log(copy).toString())
                .hasMessageContaining("damaged");
    }

    @Test
    void aMissingLogIsRefused() throws IOException {
        runCommands();
        Path copy = copy("missing");
        Files.delete(log(copy));
        assertThatThrownBy(() -> StoreFile.open(copy))
                .hasMessageContaining(log(copy).toString())
                .hasMessageContaining("missing");
    }

    @Test
    void aRecoveredStoreCanBeWrittenAndRecoveredAgain() throws IOException {
        runCommands();
        Path copy = copy("again");
        Commands second = new Commands(StoreFile.open(copy, LogFile::onDisk, NEVER));
        second.run(durable(new Document("insert", "docs")
                .append("documents", List.of(new Document("_id", 5_000).append("a", 1)))));
        Path copyOfCopy = copyOf(copy, "twice");
        second.close();
        try (Commands third = new Commands(StoreFile.open(copyOfCopy))) {
            assertThat(third.find("docs", new Document()))
                    .hasSize(states.get(COMMANDS).size() + 1);
            assertThat(third.find("docs", new Document("_id", 5_000))).hasSize(1);
        }
    }

    @Test
    void creatingDroppingAndRenamingIsReplayed() throws IOException {
        for (String name : List.of("kept", "dropped", "renamed")) {
            store.createIndex(name, "b", new Document("b", 1), true);
            store.insert(name, new Document("_id", 1).append("a", 1).append("b", 1));
        }
        store.createIndex("kept", "a", new Document("a", 1), false);
        store.run(new Document("dropIndexes", "kept").append("index", "a"));
        store.run(new Document("drop", "dropped"));
        store.runOn("admin", new Document("renameCollection", "test.renamed").append("to", "test.other"));
        store.run(durable(new Document("insert", "other")
                .append(
                        "documents",
                        List.of(new Document("_id", 2).append("a", 2).append("b", 2)))));
        try (Commands recovered = new Commands(StoreFile.open(copy("ddl")))) {
            assertThat(recovered.find("kept", new Document("b", 1))).hasSize(1);
            assertThat(recovered.find("dropped", new Document())).isEmpty();
            assertThat(recovered.find("other", new Document("b", 2))).hasSize(1);
            assertThat(recovered.find("other", new Document("a", 1))).hasSize(1);
            assertThat(recovered.find("renamed", new Document())).isEmpty();
            Document duplicate = recovered.insert("other", new Document("_id", 3).append("b", 2));
            assertThat((List<?>) duplicate.get("writeErrors")).hasSize(1);
        }
    }

    private void runCommands() {
        store.createIndex("docs", "a_b", new Document("a", 1).append("b", -1), false);
        store.createIndex("docs", "key", new Document("key", 1), true);
        states.add(Map.of());
        for (int n = 0; n < COMMANDS; n++) {
            store.run(durable(command(n)));
            ends.add(disk.end);
            states.add(documents(store));
        }
    }

    /** Each command changes several documents and their index entries. */
    private Document command(int n) {
        return switch (n % 4) {
            case 0, 1 ->
                new Document("insert", "docs")
                        .append(
                                "documents",
                                IntStream.range(10 * n, 10 * n + 5)
                                        .mapToObj(this::document)
                                        .toList());
            case 2 ->
                new Document("update", "docs")
                        .append(
                                "updates",
                                List.of(new Document("q", new Document("a", random.nextInt(5)))
                                        .append("u", new Document("$inc", new Document("a", 1).append("n", 1)))
                                        .append("multi", true)));
            default ->
                new Document("delete", "docs")
                        .append(
                                "deletes",
                                List.of(new Document("q", new Document("_id", new Document("$lt", 10 * n - 60)))
                                        .append("limit", 0)));
        };
    }

    private Document document(int id) {
        return new Document("_id", id)
                .append("key", "k" + id)
                .append("a", random.nextInt(5))
                .append("b", "x".repeat(random.nextInt(200)));
    }

    private static Document durable(Document command) {
        return command.append("writeConcern", new Document("w", "majority").append("j", true));
    }

    private static Map<Object, Document> documents(Commands from) {
        Map<Object, Document> found = new TreeMap<>();
        from.find(new Document("find", "docs").append("batchSize", 10_000))
                .forEach(document -> found.put(document.get("_id"), document));
        return found;
    }

    private void check(Path copy, int commands, String how) {
        try (Commands recovered = new Commands(StoreFile.open(copy))) {
            Map<Object, Document> found = documents(recovered);
            assertThat(found)
                    .as("seed %s, %s, after %s commands", SEED, how, commands)
                    .isEqualTo(states.get(commands));
            List<Document> indexed = new ArrayList<>();
            for (int a = 0; a < 5 + COMMANDS; a++) {
                indexed.addAll(recovered.find(new Document("find", "docs")
                        .append("filter", new Document("a", a))
                        .append("batchSize", 10_000)));
            }
            assertThat(indexed)
                    .as("seed %s, %s, by index", SEED, how)
                    .containsExactlyInAnyOrderElementsOf(found.values());
        }
    }

    private Path file(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name)).resolve("mongo.db");
    }

    private static Path log(Path file) {
        return file.resolveSibling("mongo.db.redo-1");
    }

    private Path copy(String name) throws IOException {
        return copyOf(file("live"), name);
    }

    private Path copyOf(Path store, String name) throws IOException {
        Path copy = file(name);
        try (Stream<Path> files = Files.list(store.getParent())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolveSibling(file.getFileName()));
            }
        }
        return copy;
    }

    private static void damage(Path log, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(at);
            int before = file.read();
            file.seek(at);
            file.write(before ^ 0x40);
        }
    }
}
