package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RoomOrderTest {
    private final RoomOrder<Long> order = new RoomOrder<>();
    private final List<Long> handedOn = new ArrayList<>();

    private void accept(long... seqs) {
        for (long seq : seqs) {
            handedOn.addAll(order.accept(seq, seq, true));
        }
    }

    private void fill(long beforeSeq, Long... found) {
        Map<Long, Long> bySeq = new HashMap<>();
        List.of(found).forEach(seq -> bySeq.put(seq, seq));
        handedOn.addAll(order.fill(bySeq, beforeSeq));
    }

    @Test
    void theFirstSetsWhereTheOrderBegins() {
        accept(7, 6, 8);

        assertThat(handedOn).containsExactly(7L, 8L);
    }

    @Test
    void whatComesTwiceIsHandedOnOnce() {
        accept(1, 1, 3, 3, 2, 2, 3);

        assertThat(handedOn).containsExactly(1L, 2L, 3L);
        assertThat(order.hasGap()).isFalse();
    }

    @Test
    void whatIsBehindAGapWaitsForIt() {
        accept(1, 4, 5, 3);

        assertThat(handedOn).containsExactly(1L);
        assertThat(order.last()).isEqualTo(1);
        assertThat(order.firstWaiting()).isEqualTo(3);
        assertThat(order.nextWaiting()).isEqualTo(3L);
        accept(2);
        assertThat(handedOn).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatIsNotToBeHadIsGivenUpAndNotTakenLater() {
        accept(1, 5, 8);
        fill(5, 3L);

        assertThat(handedOn).containsExactly(1L, 3L, 5L);
        accept(2, 4);
        assertThat(handedOn).containsExactly(1L, 3L, 5L);
        assertThat(order.hasGap()).isTrue();
    }

    @Test
    void aFillThatComesTooLateChangesNothing() {
        accept(1, 3, 2, 4);
        fill(3, 2L);

        assertThat(handedOn).containsExactly(1L, 2L, 3L, 4L);
        accept(5);
        assertThat(handedOn).endsWith(5L);
    }

    /** Late, doubled, missing and reordered news, and fills that find everything or not, in time or late. */
    @RepeatedTest(300)
    void numbersRiseAndOnlyWhatWasGivenUpIsMissing(RepetitionInfo repetition) {
        long seed = 20_261_124L + repetition.getCurrentRepetition();
        String where = "seed " + seed;
        Random random = new Random(seed);
        List<Long> news = news(random, 60);
        Set<Long> came = new HashSet<>();
        Set<Long> givenUp = new HashSet<>();
        long staleBefore = 0;
        for (long seq : news) {
            accept(seq);
            came.add(seq);
            if (order.hasGap() && random.nextInt(8) == 0) {
                long before = staleBefore > 0 && random.nextBoolean() ? staleBefore : order.firstWaiting();
                staleBefore = order.firstWaiting();
                fill(random, before, came, givenUp);
            }
        }
        while (order.hasGap()) {
            fill(random, order.firstWaiting(), came, givenUp);
        }

        assertThat(handedOn).as(where).isSorted().doesNotHaveDuplicates();
        List<Long> expected = new ArrayList<>();
        for (long seq = news.get(0); seq <= Collections.max(news); seq++) {
            if (!givenUp.contains(seq)) {
                expected.add(seq);
            }
        }
        assertThat(handedOn).as(where).isEqualTo(expected);
    }

    private void fill(Random random, long before, Set<Long> came, Set<Long> givenUp) {
        Map<Long, Long> found = new HashMap<>();
        for (long seq = order.last() + 1; seq < before; seq++) {
            if (random.nextInt(4) > 0) {
                found.put(seq, seq);
            } else if (!came.contains(seq)) {
                givenUp.add(seq);
            }
        }
        handedOn.addAll(order.fill(found, before));
    }

    /** Each number up to one, near its place, mostly once, sometimes twice or not at all. */
    private static List<Long> news(Random random, int count) {
        List<long[]> all = new ArrayList<>();
        for (long seq = 1; seq <= count; seq++) {
            int times = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(5) / 4;
            for (int time = 0; time < times; time++) {
                all.add(new long[] {seq, seq + random.nextInt(10)});
            }
        }
        all.add(new long[] {count, count});
        all.sort((one, other) -> Long.compare(one[1], other[1]));
        return all.stream().map(pair -> pair[0]).toList();
    }
}
