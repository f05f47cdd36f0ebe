package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RoomFeedTest {
    private static final Set<String> BOTH = Set.of("ann", "bob");
    private static final long IDLE = 10;

    private final Hub hub = new Hub();
    private final FakeTransport ann = FakeTransport.inline();
    private final FakeTransport bob = FakeTransport.inline();
    private final HeldTasks rounds = new HeldTasks();
    private final Queue<RoomFeed.Gap> gaps = new ArrayDeque<>();
    private long now;
    private final RoomFeed feed =
            new RoomFeed(new FanOut(hub, Runnable::run), rounds, (room, gap) -> gaps.add(gap), () -> now);

    private void connectBoth() {
        Samples.connect(hub, "ann", ann);
        Samples.connect(hub, "bob", bob);
    }

    private void offer(long seq) {
        assertThat(feed.offer(Samples.delivery(seq, BOTH, "sender"))).isTrue();
    }

    /** As if the store had all of a gap. */
    private void fillNext() {
        RoomFeed.Gap gap = gaps.remove();
        Map<Long, Delivery> found = new HashMap<>();
        for (long seq = gap.afterSeq() + 1; seq < gap.beforeSeq(); seq++) {
            found.put(seq, Samples.delivery(seq, gap.userIds(), "sender"));
        }
        feed.filled(found, gap.beforeSeq());
    }

    @Test
    void whatComesDuringARoundIsPushedTogetherInTheNext() {
        connectBoth();
        offer(1);
        rounds.runNext();
        for (long seq = 2; seq <= 9; seq++) {
            offer(seq);
        }
        assertThat(rounds.waiting()).isEqualTo(1);
        rounds.runAll();

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 9));
        assertThat(ann.batches()).isEqualTo(2);
        assertThat(feed.isIdle()).isTrue();
    }

    @Test
    void anEventKeepsItsPlaceAmongTheMessages() {
        connectBoth();
        offer(1);
        feed.offer(Delivery.event(Events.typing(Samples.ROOM, "bob"), BOTH));
        offer(2);
        rounds.runAll();

        assertThat(ann.sent()).hasSize(3);
        assertThat(ann.sent().get(1)).contains("typing");
    }

    @Test
    void eachDeliveryGoesToItsOwnMembers() {
        connectBoth();
        feed.offer(Samples.delivery(1, Set.of("ann"), "sender"));
        offer(2);
        feed.offer(Samples.delivery(3, Set.of("bob"), "sender"));
        rounds.runAll();

        assertThat(Samples.seqs(ann)).containsExactly(1L, 2L);
        assertThat(Samples.seqs(bob)).containsExactly(2L, 3L);
    }

    @Test
    void aGapIsLookedForOnceAndTheNextOneAfterIt() {
        connectBoth();
        offer(1);
        offer(3);
        offer(6);
        rounds.runAll();
        offer(7);
        rounds.runAll();
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.afterSeq()).isEqualTo(1);
            assertThat(gap.beforeSeq()).isEqualTo(3);
            assertThat(gap.userIds()).isEqualTo(BOTH);
        });
        assertThat(Samples.seqs(ann)).containsExactly(1L);
        fillNext();
        rounds.runAll();
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 3));
        fillNext();
        rounds.runAll();

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 7));
        assertThat(gaps).isEmpty();
    }

    @Test
    void oneThatIsStuckHoldsUpNobodyElse() {
        HeldTasks never = new HeldTasks();
        Samples.connect(hub, "ann", new FakeTransport(never));
        Samples.connect(hub, "bob", bob);
        offer(1);
        rounds.runAll();
        offer(2);
        rounds.runAll();

        assertThat(Samples.seqs(bob)).containsExactly(1L, 2L);
        assertThat(feed.isIdle()).isTrue();
    }

    @Test
    void aRoundIsBounded() {
        connectBoth();
        for (long seq = 1; seq <= 300; seq++) {
            offer(seq);
        }
        rounds.runNext();
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 256));
        rounds.runAll();

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 300));
    }

    @Test
    void aLargeRoomHasShorterRounds() {
        FakeTransport first = FakeTransport.inline();
        Samples.connect(hub, "ann", first);
        for (int i = 1; i < 512; i++) {
            Samples.connect(hub, "ann", FakeTransport.inline());
        }
        offer(1);
        rounds.runAll();
        for (long seq = 2; seq <= 100; seq++) {
            offer(seq);
        }
        rounds.runNext();
        assertThat(Samples.seqs(first)).isEqualTo(Samples.numbers(1, 1 + 16_384 / 512));
        rounds.runAll();

        assertThat(Samples.seqs(first)).isEqualTo(Samples.numbers(1, 100));
    }

    @Test
    void aFeedRetiresOnlyWhenNothingIsLeftToDo() {
        connectBoth();
        offer(1);
        offer(3);
        now += IDLE + 1;
        assertThat(feed.retire(IDLE)).as("a round waits").isFalse();
        rounds.runAll();
        assertThat(feed.retire(IDLE)).as("a gap is looked for").isFalse();
        fillNext();
        rounds.runAll();
        offer(4);
        rounds.runAll();
        assertThat(feed.retire(IDLE)).as("just used").isFalse();
        now += IDLE + 1;
        assertThat(feed.retire(IDLE)).isTrue();

        assertThat(feed.offer(Samples.delivery(5, BOTH, "sender"))).isFalse();
        assertThat(rounds.waiting()).isZero();
    }

    /** News late, doubled, missing and reordered; rounds and fills at any moment. */
    @RepeatedTest(300)
    void everyConnectionGetsEachMessageOnceAndInOrder(RepetitionInfo repetition) {
        long seed = 20_261_124L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        connectBoth();
        int last = 40 + random.nextInt(400);
        List<Long> news = news(random, last);
        int at = 0;
        while (at < news.size() || rounds.waiting() > 0 || !gaps.isEmpty()) {
            int choice = random.nextInt(10);
            if (choice < 6 && at < news.size()) {
                offer(news.get(at));
                at++;
            } else if (choice < 8 && rounds.waiting() > 0) {
                rounds.runNext();
            } else if (choice >= 8 && !gaps.isEmpty()) {
                fillNext();
            }
        }

        assertThat(Samples.seqs(ann)).as("seed " + seed).isEqualTo(Samples.numbers(1, last));
        assertThat(Samples.seqs(bob)).as("seed " + seed).isEqualTo(Samples.numbers(1, last));
        assertThat(feed.isIdle()).isTrue();
    }

    private static List<Long> news(Random random, long last) {
        List<long[]> all = new ArrayList<>();
        all.add(new long[] {1, 0});
        for (long seq = 2; seq <= last; seq++) {
            for (int times = random.nextInt(4) + 2; times > 2; times -= 2) {
                all.add(new long[] {seq, seq + random.nextInt(8)});
            }
        }
        all.add(new long[] {last, last});
        all.sort((one, other) -> Long.compare(one[1], other[1]));
        return all.stream().map(pair -> pair[0]).toList();
    }
}
