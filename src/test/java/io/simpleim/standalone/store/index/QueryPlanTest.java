package io.simpleim.standalone.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import io.simpleim.standalone.store.key.KeyWriter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueryPlanTest {
    private static final int REQUESTED = 20;

    @Test
    void readsARangeOnlyAsFarAsRequested() {
        QueryPlan plan = new QueryPlan(new EndlessIndex(), List.of(KeyRange.ORDERED), true, true);

        assertThat(plan.positions().limit(REQUESTED)).hasSize(REQUESTED);
    }

    /** Has endless entries, and fails if read much further than needed. */
    private static final class EndlessIndex implements SortedIndex {
        @Override
        public Stream<Key> positions(KeyRange range, boolean descending) {
            return IntStream.iterate(0, i -> i + 1).mapToObj(i -> {
                assertThat(i).isLessThan(2 * REQUESTED);
                return KeyWriter.key(i);
            });
        }

        @Override
        public List<String> fields() {
            return List.of("a");
        }

        @Override
        public boolean isPartial() {
            return false;
        }

        @Override
        public long count(KeyRange range) {
            return Long.MAX_VALUE;
        }

        @Override
        public Stream<Key> unordered() {
            return Stream.empty();
        }

        @Override
        public boolean hasUnordered() {
            return false;
        }

        @Override
        public void clear() {}
    }
}
