package io.simpleim.feed;

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

    /** Messages whose predecessors may not have been announced. */
    private void acceptNew(long... seqs) {
        for (long seq : seqs) {
            handedOn.addAll(order.accept(seq, seq, false));
        }
    }

    private void fill(long beforeSeq, Long... found) {
        Map<Long, Long> bySeq = new HashMap<>();
        List.of(found).forEach(seq -> bySeq.put(seq, seq));
        handedOn.addAll(order.fill(bySeq, beforeSeq));
    }

    @Test
    void theFirstMessageStartsTheOrder() {
        accept(7, 6, 8);

        assertThat(handedOn).containsExactly(7L, 8L);
    }

    @Test
    void aRepeatedMessageIsReleasedOnce() {
        accept(1, 1, 3, 3, 2, 2, 3);

        assertThat(handedOn).containsExactly(1L, 2L, 3L);
        assertThat(order.hasGap()).isFalse();
    }

    @Test
    void messagesAfterAGapWaitForIt() {
        accept(1, 4, 5, 3);

        assertThat(handedOn).containsExactly(1L);
        assertThat(order.lastSeq()).isEqualTo(1);
        assertThat(order.firstWaitingSeq()).isEqualTo(3);
        assertThat(order.firstWaiting()).isEqualTo(3L);
        accept(2);
        assertThat(handedOn).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void numbersThatDoNotExistAreSkippedAndNotTakenLater() {
        accept(1, 5, 8);
        fill(5, 3L);

        assertThat(handedOn).containsExactly(1L, 3L, 5L);
        accept(2, 4);
        assertThat(handedOn).containsExactly(1L, 3L, 5L);
        assertThat(order.hasGap()).isTrue();
    }

    @Test
    void aLateFillChangesNothing() {
        accept(1, 3, 2, 4);
        fill(3, 2L);

        assertThat(handedOn).containsExactly(1L, 2L, 3L, 4L);
        accept(5);
        assertThat(handedOn).endsWith(5L);
    }

    @Test
    void newMessagesWaitUntilTheStartIsFound() {
        acceptNew(7, 9);

        assertThat(handedOn).isEmpty();
        assertThat(order.needsStart()).isTrue();
        assertThat(order.hasGap()).isFalse();
        assertThat(order.firstWaitingSeq()).isEqualTo(7);
        order.startAfter(5);
        fill(7, 6L);
        assertThat(handedOn).containsExactly(6L, 7L);
        assertThat(order.needsStart()).isFalse();
        assertThat(order.hasGap()).isTrue();
    }

    @Test
    void theFirstMessageOfARoomHasNothingBeforeIt() {
        acceptNew(1, 2);

        assertThat(handedOn).containsExactly(1L, 2L);
    }

    @Test
    void aNextMessageBelowTheWaitingOnesStartsTheOrder() {
        acceptNew(5);
        accept(4);

        assertThat(handedOn).containsExactly(4L, 5L);
    }

    @Test
    void aNextMessageAboveTheWaitingOnesDoesNotStartTheOrder() {
        acceptNew(5);
        accept(7);

        assertThat(handedOn).isEmpty();
        assertThat(order.firstWaitingSeq()).isEqualTo(5);
    }

    @Test
    void theOrderStartsOnce() {
        accept(7);
        order.startAfter(3);
        acceptNew(4, 8);

        assertThat(handedOn).containsExactly(7L, 8L);
        assertThat(order.hasGap()).isFalse();
    }

    @Test
    void aStartThatIsFoundTooLateFillsTheGapAfterTheOtherStart() {
        acceptNew(7);
        accept(4);
        order.startAfter(2);
        fill(7, 3L, 4L, 5L, 6L);

        assertThat(handedOn).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void announcedMessagesNeedAStart() {
        order.announce(5);

        assertThat(order.needsStart()).isTrue();
        assertThat(order.firstWaitingSeq()).isEqualTo(6);
        assertThat(order.firstWaiting()).isNull();
        order.startAfter(3);
        fill(6, 4L, 5L);
        assertThat(handedOn).containsExactly(4L, 5L);
        assertThat(order.needsStart() || order.hasGap()).isFalse();
    }

    @Test
    void announcedMessagesAfterTheLastOneAreAGap() {
        accept(1, 2);
        order.announce(4);

        assertThat(order.hasGap()).isTrue();
        assertThat(order.lastSeq()).isEqualTo(2);
        assertThat(order.firstWaitingSeq()).isEqualTo(5);
        accept(3, 4);
        assertThat(handedOn).containsExactly(1L, 2L, 3L, 4L);
        assertThat(order.hasGap()).isFalse();
    }

    @Test
    void announcedMessagesThatWereReleasedChangeNothing() {
        accept(1, 2);
        order.announce(2);

        assertThat(order.hasGap()).isFalse();
    }

    /**
     * While an announced message was being loaded, the next one arrived and started the order after it. So the announced
     * message was never pushed.
     */
    @Test
    void aNextMessageDoesNotStartTheOrderAfterAnAnnouncedOne() {
        order.announce(5);
        accept(6);

        assertThat(handedOn).isEmpty();
        assertThat(order.needsStart()).isTrue();
        order.startAfter(4);
        fill(6, 5L);
        assertThat(handedOn).containsExactly(5L, 6L);
    }

    @Test
    void aResetOrderStartsAnew() {
        accept(4, 5);
        order.reset();
        acceptNew(9);

        assertThat(order.needsStart()).isTrue();
        accept(8);
        assertThat(handedOn).containsExactly(4L, 5L, 8L, 9L);
    }

    @Test
    void aResetHasNoEffectWhileMessagesAreMissing() {
        accept(4, 6);
        order.reset();
        accept(5);
        order.announce(8);
        order.reset();

        assertThat(handedOn).containsExactly(4L, 5L, 6L);
        assertThat(order.lastSeq()).isEqualTo(6);
        assertThat(order.hasGap()).isTrue();
    }

    /** Messages arrive late, twice, reordered or not at all, some are announced, and fills find all of them or some. */
    @RepeatedTest(300)
    void numbersRiseAndOnlySkippedOnesAreMissing(RepetitionInfo repetition) {
        long seed = 20_261_124L + repetition.getCurrentRepetition();
        new RandomRoom(new Random(seed)).run("seed " + seed);
    }

    private final class RandomRoom {
        private static final int LAST = 60;
        private static final long NOWHERE = -1;

        private final Random random;
        private final Set<Long> came = new HashSet<>();
        private final Set<Long> cameBeforeTheBeginning = new HashSet<>();
        private final Set<Long> givenUp = new HashSet<>();
        private long begin = NOWHERE;
        private long announced;
        /** A beginning, and a gap, that were looked for and are found later. */
        private long foundBegin;

        private long staleBefore;

        RandomRoom(Random random) {
            this.random = random;
        }

        void run(String where) {
            for (long seq : arrivals(random, LAST)) {
                hear(seq);
                if (random.nextInt(12) == 0) {
                    announced = Math.max(announced, 1 + random.nextInt(LAST));
                    order.announce(announced);
                }
                if (random.nextInt(8) == 0) {
                    look();
                }
            }
            while (order.needsStart() || order.hasGap()) {
                staleBefore = 0;
                look();
            }
            assertThat(handedOn).as(where).isSorted().doesNotHaveDuplicates();
            assertThat(handedOn).as(where).isEqualTo(expected());
        }

        private void hear(long seq) {
            came.add(seq);
            handedOn.addAll(order.accept(seq, seq, random.nextInt(3) == 0));
            if (begin == NOWHERE && !handedOn.isEmpty()) {
                begin = handedOn.get(0) - 1;
            }
        }

        private void look() {
            if (order.needsStart()) {
                if (staleBefore == 0 || random.nextBoolean()) {
                    staleBefore = order.firstWaitingSeq();
                    foundBegin = Math.max(0, staleBefore - 1 - random.nextInt(6));
                }
                if (random.nextBoolean()) {
                    begin();
                }
            } else if (order.hasGap()) {
                long before = staleBefore > 0 && random.nextBoolean() ? staleBefore : order.firstWaitingSeq();
                staleBefore = order.firstWaitingSeq();
                fill(before);
            }
        }

        private void begin() {
            begin = foundBegin;
            cameBeforeTheBeginning.addAll(came);
            order.startAfter(foundBegin);
            fill(staleBefore);
        }

        private void fill(long before) {
            Map<Long, Long> found = new HashMap<>();
            for (long seq = order.lastSeq() + 1; seq < before; seq++) {
                if (random.nextInt(4) > 0) {
                    found.put(seq, seq);
                } else if (!came.contains(seq)) {
                    givenUp.add(seq);
                }
            }
            handedOn.addAll(order.fill(found, before));
        }

        /** What came before it was found where the order begins is handed on too. */
        private List<Long> expected() {
            List<Long> expected = new ArrayList<>();
            for (long seq = 1; seq <= Math.max(Collections.max(came), announced); seq++) {
                if (seq > begin ? !givenUp.contains(seq) : cameBeforeTheBeginning.contains(seq)) {
                    expected.add(seq);
                }
            }
            return expected;
        }
    }

    /** The numbers up to {@code count}, slightly reordered, mostly once, sometimes twice or not at all. */
    private static List<Long> arrivals(Random random, int count) {
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
