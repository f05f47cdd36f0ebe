package io.simpleim.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CursorMoveTest {
    private static CursorMove said(long ack, long read) {
        return CursorMove.said("u", "r", ack, read);
    }

    private static CursorMove received(long first, long last) {
        return CursorMove.received("u", "r", first, last);
    }

    @Test
    void reportedPositionsCount() {
        assertThat(said(5, 0).ackedFrom(2)).isEqualTo(5);
        assertThat(said(0, 5).ackedFrom(2)).as("what is read has been received").isEqualTo(5);
        assertThat(said(5, 3).ackedFrom(9)).as("numbers only rise").isEqualTo(9);
    }

    @Test
    void aReceivedRangeCountsOnceAllMessagesBeforeItHaveArrived() {
        assertThat(received(4, 9).ackedFrom(3)).isEqualTo(9);
        assertThat(received(4, 9).ackedFrom(6)).isEqualTo(9);
        assertThat(received(4, 9).ackedFrom(2)).isEqualTo(2);
        assertThat(received(4, 9).ackedFrom(20)).isEqualTo(20);
        assertThat(received(4, 9).and(said(3, 0)).ackedFrom(0)).isEqualTo(9);
    }

    @Test
    void connectedRangesAreMerged() {
        CursorMove both = received(4, 6).and(received(7, 9));

        assertThat(both).isEqualTo(received(4, 9));
        assertThat(received(7, 9).and(received(4, 6))).isEqualTo(both);
    }

    @Test
    void ofUnconnectedRangesTheEarlierIsKept() {
        assertThat(received(8, 9).and(received(4, 6))).isEqualTo(received(4, 6));
        assertThat(received(4, 6).and(received(8, 9))).isEqualTo(received(4, 6));
    }

    /** Compared with a model that keeps the set of all received numbers. */
    @RepeatedTest(200)
    void mergedMovesNeverExceedTheConsecutiveRange(RepetitionInfo repetition) {
        long seed = 20_261_124L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Set<Long> got = new HashSet<>();
        long said = 0;
        CursorMove all = said(0, 0);
        for (int i = 0; i < 6; i++) {
            CursorMove next;
            if (random.nextInt(4) == 0) {
                next = said(random.nextInt(10), random.nextInt(10));
                said = Math.max(said, Math.max(next.ackSeq(), next.readSeq()));
            } else {
                long first = 1 + random.nextInt(20);
                long last = first + random.nextInt(6);
                next = received(first, last);
                for (long seq = first; seq <= last; seq++) {
                    got.add(seq);
                }
            }
            String where = "seed " + seed + ", " + all + " and " + next;
            CursorMove more = random.nextBoolean() ? all.and(next) : next.and(all);
            assertThat(all.and(next)).as(where).isEqualTo(next.and(all));
            long stored = random.nextInt(12);
            assertThat(more.ackedFrom(stored)).as(where).isBetween(Math.max(stored, said), inARow(stored, said, got));
            all = more;
        }
    }

    private static long inARow(long stored, long said, Set<Long> got) {
        long last = Math.max(stored, said);
        while (got.contains(last + 1)) {
            last++;
        }
        return last;
    }
}
