package io.simpleim.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.MessagePush;
import io.simpleim.push.Hub;
import io.simpleim.push.Samples;
import io.simpleim.push.StreamKey;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import io.simpleim.testing.HeldTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In this room a message is stored every second, and its number is the second. */
class GapLoaderTest {
    private static final Set<String> ANN = Set.of("ann");

    private final Hub hub = new Hub();
    private final FakeTransport ann = FakeTransport.inline();
    private final HeldTimer timer = new HeldTimer();
    private final HeldTasks looks = new HeldTasks();
    private final List<String> asked = new ArrayList<>();
    private final FakeCoverage coverage = new FakeCoverage();
    private RuntimeException failure;
    /** Reads at once, or when the test says so. */
    private Executor blocking = Runnable::run;

    private final GapLoader loader = new GapLoader(timer, task -> blocking.execute(task), this::between, coverage);
    private final RoomFeeds feeds = new RoomFeeds(hub, Runnable::run, loader, System::nanoTime, nanos -> {});

    private static final class FakeCoverage implements Coverage {
        private boolean isAlone;
        private long since;

        @Override
        public boolean isAlone() {
            return isAlone;
        }

        @Override
        public long since() {
            return since;
        }
    }

    @BeforeEach
    void connect() {
        Samples.connect(hub, "ann", ann);
    }

    private List<MessagePush> between(StreamKey stream, long afterSeq, long beforeSeq) {
        asked.add(afterSeq + " " + beforeSeq);
        if (failure != null) {
            throw failure;
        }
        return LongStream.range(afterSeq + 1, beforeSeq)
                .mapToObj(seq -> Samples.push(stream.roomId(), seq, seq))
                .toList();
    }

    private void push(long seq, Delivery.Continuity continuity) {
        feeds.push(Samples.ROOM, Samples.delivery(seq, ANN, "sender", continuity));
    }

    private void catchUp(long lastSeq, long since) {
        feeds.catchUp(Samples.ROOM, lastSeq, ANN, since);
    }

    @Test
    void theSearchGoesBackToTheFirstCoveredMessage() {
        coverage.since = 501;
        push(900, Delivery.Continuity.NEW);

        assertThat(asked).containsExactly("894 900", "694 895", "494 695");
        assertThat(loader.reads()).isEqualTo(1);
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(501, 900));
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void coveredMessagesAreNotPushed() {
        coverage.since = 900;
        push(900, Delivery.Continuity.NEW);
        push(901, Delivery.Continuity.NEXT);

        assertThat(asked).containsExactly("894 900");
        assertThat(Samples.seqs(ann)).containsExactly(900L, 901L);
    }

    @Test
    void theSearchEndsAtTheFirstMessage() {
        push(4, Delivery.Continuity.NEW);

        assertThat(asked).containsExactly("0 4");
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 4));
    }

    @Test
    void theSearchIsLimited() {
        push(20_000, Delivery.Continuity.NEW);

        assertThat(Samples.seqs(ann)).hasSizeBetween(10_000, 10_300).endsWith(20_000L);
    }

    @Test
    void aSingleNodeDoesNotRead() {
        coverage.isAlone = true;
        push(900, Delivery.Continuity.NEW);

        assertThat(asked).isEmpty();
        assertThat(Samples.seqs(ann)).containsExactly(900L);
    }

    @Test
    void theSearchForTheStartIsRepeatedWhenTheStoreIsAway() {
        coverage.since = 899;
        failure = new IllegalStateException("out of reach");
        push(900, Delivery.Continuity.NEW);
        assertThat(Samples.seqs(ann)).isEmpty();
        failure = null;
        assertThat(timer.runNext()).isEqualTo(1000);

        assertThat(Samples.seqs(ann)).containsExactly(899L, 900L);
    }

    @Test
    void aRepeatedOldMessageIsNotPushed() {
        coverage.since = 800;
        push(700, Delivery.Continuity.AGAIN);
        push(701, Delivery.Continuity.NEW);

        assertThat(Samples.seqs(ann)).containsExactly(701L);
    }

    @Test
    void aRepeatedRecentMessageIsPushedOnce() {
        coverage.since = 700;
        push(700, Delivery.Continuity.AGAIN);
        push(700, Delivery.Continuity.AGAIN);
        push(701, Delivery.Continuity.NEW);
        push(700, Delivery.Continuity.AGAIN);

        assertThat(Samples.seqs(ann)).containsExactly(700L, 701L);
    }

    @Test
    void aRepeatedMessageAfterAGapIsPushed() {
        push(1, Delivery.Continuity.NEXT);
        push(3, Delivery.Continuity.AGAIN);
        timer.runNext();

        assertThat(Samples.seqs(ann)).containsExactly(1L, 2L, 3L);
    }

    /** The next message started the order during the search, and the repeated one was never pushed. */
    @Test
    void aRepeatedMessageIsNotLostWhenTheNextOneArrives() {
        blocking = looks;
        coverage.since = 10;
        push(10, Delivery.Continuity.AGAIN);
        push(11, Delivery.Continuity.NEXT);
        looks.runAll();

        assertThat(Samples.seqs(ann)).containsExactly(10L, 11L);
    }

    @Test
    void aLargeGapIsReadInPartsWithoutPauses() {
        push(1, Delivery.Continuity.NEXT);
        catchUp(701, 0);
        assertThat(timer.runNext()).isEqualTo(100);

        assertThat(asked).containsExactly("1 202", "201 402", "401 602", "601 702");
        assertThat(timer.waiting()).isZero();
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 701));
    }

    @Test
    void aGapEventReplacesTheOldestMessagesOfAVeryLargeGap() {
        push(1, Delivery.Continuity.NEXT);
        catchUp(12_001, 0);
        timer.runNext();

        assertThat(ann.sent().get(1)).contains("\"gap\"", "\"after_seq\":1", "\"before_seq\":2002");
        assertThat(Samples.seqs(ann).subList(1, 10_001)).isEqualTo(Samples.numbers(2002, 12_001));
        assertThat(ann.sent()).hasSize(10_002);
    }

    @Test
    void newMessagesComeAfterTheMissedOnes() {
        blocking = looks;
        push(1, Delivery.Continuity.NEXT);
        catchUp(401, 0);
        timer.runNext();
        push(402, Delivery.Continuity.NEXT);
        looks.runNext();
        push(403, Delivery.Continuity.NEXT);
        looks.runAll();

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 403));
    }

    @Test
    void aGapBeforeANextMessageIsFilledWithoutWaiting() {
        push(1, Delivery.Continuity.NEXT);
        push(4, Delivery.Continuity.NEXT);

        assertThat(timer.waiting()).isZero();
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 4));
    }

    /**
     * The coverage moved on as soon as the rooms with missed messages were known. A search that ran later took the missed
     * messages as covered, and they were never pushed.
     */
    @Test
    void missedMessagesAreFoundHoweverLongThatTakes() {
        blocking = looks;
        coverage.since = 500;
        catchUp(700, 500);
        coverage.since = 990;
        looks.runAll();
        push(701, Delivery.Continuity.NEW);

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(500, 701));
    }

    @Test
    void missedMessagesAreFoundByANodeThatHasBecomeSingle() {
        coverage.since = 990;
        coverage.isAlone = true;
        catchUp(700, 500);

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(500, 700));
    }

    @Test
    void missedMessagesAreReadOnce() {
        coverage.since = 990;
        catchUp(700, 650);
        // Reaches nobody, so that the order begins anew.
        feeds.push(Samples.ROOM, Samples.delivery(701, Set.of("bob"), "sender", Delivery.Continuity.NEXT));
        push(705, Delivery.Continuity.NEW);

        List<Long> expected = new ArrayList<>(Samples.numbers(650, 700));
        expected.add(705L);
        assertThat(Samples.seqs(ann)).isEqualTo(expected);
    }
}
