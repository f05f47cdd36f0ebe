package io.simpleim.standalone.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.simpleim.standalone.store.Commands;
import io.simpleim.standalone.store.redo.WatchedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final WatchedDisk disk = new WatchedDisk();

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("mongo.db");
    }

    private Commands open(long logBytes, Duration interval) {
        return new Commands(StoreFile.open(file(), disk, new StoreFile.Limits(logBytes, 1 << 30, interval)));
    }

    private static Document insert(int id) {
        return new Document("insert", "docs")
                .append("documents", List.of(new Document("_id", id).append("a", id)))
                .append("writeConcern", new Document("j", true));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aClosedStoreIsOneFile() throws IOException {
        try (Commands store = open(1 << 30, LONG)) {
            store.run(insert(1));
            assertThat(files()).hasSize(2);
        }
        assertThat(files()).containsExactly(file());
        try (Commands store = open(1 << 30, LONG)) {
            assertThat(store.find("docs", new Document())).hasSize(1);
        }
    }

    @Test
    void checkpointsReplaceLogsWhileCommandsRun() throws IOException {
        try (Commands store = open(20_000, LONG)) {
            store.createIndex("docs", "a", new Document("a", 1), false);
            List<CompletableFuture<Void>> writers = Stream.of(0, 1, 2, 3)
                    .map(writer -> CompletableFuture.runAsync(() -> {
                        for (int n = 0; n < 500; n++) {
                            store.run(insert(4 * n + writer));
                        }
                    }))
                    .toList();
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
            await().untilAsserted(
                            () -> assertThat(files()).hasSizeLessThanOrEqualTo(3)); // a checkpoint may be creating one
            assertThat(disk.created.get()).isGreaterThan(3);
            assertThat(store.find(new Document("find", "docs").append("batchSize", 5_000)))
                    .hasSize(2_000);
        }
        try (Commands store = open(1 << 30, LONG)) {
            assertThat(store.find(new Document("find", "docs").append("batchSize", 5_000)))
                    .hasSize(2_000);
            assertThat(store.find("docs", new Document("a", 1_234))).hasSize(1);
        }
    }

    @Test
    void aSmallChangeIsWrittenAfterTheInterval() {
        try (Commands store = open(1 << 30, Duration.ofMillis(20))) {
            store.run(insert(1));
            await().until(() -> disk.created.get() > 1);
        }
    }

    @Test
    void aFailedForceFailsTheWriteAndAllThatFollow() {
        try (Commands store = open(1 << 30, LONG)) {
            store.run(insert(1));
            disk.forcesFail = true;
            assertThatThrownBy(() -> store.run(insert(2)))
                    .isInstanceOf(MongoServerError.class)
                    .hasMessageContaining("input/output error");
            disk.forcesFail = false;
            assertThatThrownBy(() -> store.run(insert(3))).hasMessageContaining("takes no more writes");
            assertThatThrownBy(() -> store.insert("docs", new Document("_id", 4)))
                    .hasMessageContaining("takes no more writes");
            assertThat(store.find("docs", new Document("_id", 1))).hasSize(1);
        }
        try (Commands store = open(1 << 30, LONG)) {
            assertThat(store.find("docs", new Document("_id", 1))).hasSize(1);
            assertThat(store.find("docs", new Document("_id", 3))).isEmpty();
            store.run(insert(5));
        }
    }

    @Test
    void afterAFullDiskTheStoreOpensWithWhatWasAcknowledged() {
        try (Commands store = open(1 << 30, LONG)) {
            store.run(insert(1));
            disk.writesFail = true;
            assertThatThrownBy(() -> store.run(insert(2))).hasMessageContaining("disk full");
        }
        disk.writesFail = false;
        try (Commands store = open(1 << 30, LONG)) {
            assertThat(store.find("docs", new Document())).containsExactly(new Document("_id", 1).append("a", 1));
        }
    }

    @Test
    void aLogThatCannotBeCreatedFailsTheStoreAndLosesNothing() {
        try (Commands store = open(1 << 30, Duration.ofMillis(20))) {
            disk.createsFail = true;
            store.run(insert(1));
            await().untilAsserted(() -> assertThatThrownBy(() -> store.insert("docs", new Document("_id", 2)))
                    .hasMessageContaining("too many open files"));
        }
        disk.createsFail = false;
        try (Commands store = open(1 << 30, LONG)) {
            assertThat(store.find("docs", new Document("_id", 1))).hasSize(1);
            store.run(insert(3));
        }
    }

    @Test
    void theOldFormatIsConvertedWhenOpened() {
        try (Commands store = open(1 << 30, LONG)) {
            store.run(insert(1));
        }
        assertThat(format("1")).isEqualTo("2");
        try (Commands store = open(1 << 30, LONG)) {
            assertThat(store.find("docs", new Document())).hasSize(1);
        }
        assertThat(format("3")).isEqualTo("2");
        assertThatThrownBy(() -> open(1 << 30, LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has the format 3");
    }

    /** Sets the format and returns the previous one. */
    private String format(String changed) {
        try (MVStore store = StorePages.open(file())) {
            MVMap<String, String> about = store.openMap("about");
            return about.put("format", changed);
        }
    }
}
