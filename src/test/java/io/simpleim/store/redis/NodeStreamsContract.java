package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.store.redis.NodeStreams.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the node streams. */
abstract class NodeStreamsContract extends RedisContract {
    private static final Duration NO_TIME = Duration.ofMillis(1);
    private static final int KEPT = 100;

    private final String one = unique + "-1";
    private final String other = unique + "-2";
    private NodeStreams streams;

    @BeforeEach
    void streams() {
        streams = new NodeStreams(store, KEPT);
        streams.create(one);
        streams.create(other);
    }

    @AfterEach
    void delete() {
        streams.delete(one);
        streams.delete(other);
    }

    @Test
    void entriesAreNumberedAndReadInOrder() {
        assertThat(streams.tell(Map.of(one, List.of("a", "b"), other, List.of("c"))))
                .isEmpty();
        streams.tell(Map.of(one, List.of("d")));
        assertThat(streams.read(one, 0, 10, NO_TIME))
                .containsExactly(new Entry(1, "a"), new Entry(2, "b"), new Entry(3, "d"));
        assertThat(streams.read(other, 0, 10, NO_TIME)).containsExactly(new Entry(1, "c"));
        assertThat(streams.last(one)).hasValue(3);
    }

    @Test
    void entriesAfterANumberAreReadInPages() {
        streams.tell(Map.of(one, List.of("a", "b", "c", "d")));
        assertThat(streams.read(one, 1, 2, NO_TIME)).containsExactly(new Entry(2, "b"), new Entry(3, "c"));
        assertThat(streams.read(one, 4, 2, NO_TIME)).isEmpty();
    }

    @Test
    void nodesWithoutAStreamAreReportedAndOthersGetTheirEntries() {
        streams.delete(other);
        assertThat(streams.tell(Map.of(one, List.of("a"), other, List.of("b", "c"))))
                .isEqualTo(Set.of(other));
        assertThat(streams.read(one, 0, 10, NO_TIME)).containsExactly(new Entry(1, "a"));
        assertThat(streams.last(other)).isEqualTo(OptionalLong.empty());
        assertThat(streams.read(other, 0, 10, NO_TIME)).isEmpty();
    }

    @Test
    void newEntryWakesTheReader() {
        CompletableFuture<List<Entry>> reading =
                CompletableFuture.supplyAsync(() -> streams.read(one, 0, 10, RedisStore.MAX_WAIT));
        streams.tell(Map.of(one, List.of("a")));
        await().until(reading::isDone);
        assertThat(reading.join()).containsExactly(new Entry(1, "a"));
    }

    @Test
    void oldestEntriesOfALongStreamAreDroppedAndNumbersShowTheGap() {
        int many = 10 * KEPT;
        List<String> messages =
                IntStream.rangeClosed(1, many).mapToObj(Integer::toString).toList();
        streams.tell(Map.of(one, messages));
        List<Entry> kept = streams.read(one, 0, many, NO_TIME);
        assertThat(kept).hasSizeBetween(KEPT, many - 1);
        assertThat(kept.get(0).number()).isGreaterThan(1);
        assertThat(kept.get(kept.size() - 1)).isEqualTo(new Entry(many, Integer.toString(many)));
        assertThat(streams.last(one)).hasValue(many);
    }
}
