package io.simpleim.standalone.store.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyWriter;
import io.simpleim.standalone.store.key.ValueKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedoLogsTest {
    @TempDir
    Path folder;

    private final RedoBuffer buffer = new RedoBuffer();
    private final MVMap<Key, Long> map = ValueKind.LONG.open(MVStore.open(null), "numbers");
    private RedoLogs logs;

    @BeforeEach
    void create() {
        logs = new RedoLogs(folder.resolve("mongo.db"), LogFile::onDisk);
    }

    /** Writes a log with one block for each value of the key 1. */
    private void write(long number, boolean complete, long... values) throws IOException {
        try (RedoLog log = logs.create(number)) {
            for (long value : values) {
                buffer.put(
                        map,
                        ValueKind.LONG,
                        KeyWriter.key(1),
                        ValueKind.LONG.write().apply(value));
                log.append(buffer.cut());
            }
            var last = buffer.cutLast();
            if (complete) {
                log.append(last);
            }
        }
    }

    private Long replay(long first, long next) {
        MVStore store = MVStore.open(null);
        assertThat(logs.replay(store, first)).isEqualTo(next);
        return ValueKind.LONG.open(store, "numbers").get(KeyWriter.key(1));
    }

    @Test
    void logsAreReplayedInOrder() throws IOException {
        for (long number = 8; number < 12; number++) {
            write(number, number < 11, number * 10, number * 10 + 1);
        }
        assertThat(replay(8, 12)).isEqualTo(111);
    }

    @Test
    void anUnusedLogMayFollowOneWithoutAnEndRecord() throws IOException {
        write(1, false, 10);
        write(2, false);
        Files.createFile(logs.path(3));
        assertThat(replay(1, 4)).isEqualTo(10);
    }

    @Test
    void aTruncatedLogIsRefusedIfAnotherFollows() throws IOException {
        write(1, true, 10, 11);
        write(2, false, 20);
        try (RandomAccessFile file = new RandomAccessFile(logs.path(1).toFile(), "rw")) {
            file.setLength(RedoLog.HEADER + 30);
        }
        assertThatThrownBy(() -> replay(1, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(logs.path(1).toString());
    }

    @Test
    void aMissingLogBetweenOthersIsRefused() throws IOException {
        write(1, true, 10);
        write(3, false, 30);
        assertThatThrownBy(() -> replay(1, 4)).hasMessageContaining(logs.path(2).toString());
    }

    @Test
    void aLogUnderAnotherNumberIsRefused() throws IOException {
        write(1, false, 10);
        Files.move(logs.path(1), logs.path(2));
        assertThatThrownBy(() -> replay(2, 3)).hasMessageContaining(logs.path(2).toString());
    }

    @Test
    void oldLogsAreDeleted() throws IOException {
        write(1, true, 10);
        write(2, false, 20);
        logs.deleteBefore(2);
        assertThat(logs.has(1)).isFalse();
        assertThat(logs.has(2)).isTrue();
    }
}
