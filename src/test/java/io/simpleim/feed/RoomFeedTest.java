package io.simpleim.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.PushEvent;
import io.simpleim.push.Frame;
import io.simpleim.push.Hub;
import io.simpleim.push.Samples;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Queue<Gap> gaps = new ArrayDeque<>();
    private long now;
    private final List<Long> pushedAfter = new ArrayList<>();
    private final RoomFeed feed = new RoomFeed(
            new FanOut(hub, Runnable::run, pushedAfter::add), rounds, (room, gap) -> gaps.add(gap), () -> now);

    private void connectBoth() {
        Samples.connect(hub, "ann", ann);
        Samples.connect(hub, "bob", bob);
    }

    private void offer(long seq) {
        assertThat(feed.offer(Samples.delivery(seq, BOTH, "sender"))).isTrue();
    }

    private void offer(long seq, Delivery.Continuity continuity) {
        assertThat(feed.offer(Samples.delivery(seq, BOTH, "sender", continuity)))
                .isTrue();
    }

    private void offerFromElsewhere(long first, long last) {
        for (long seq = first; seq <= last; seq++) {
            Frame frame = Samples.message(Samples.ROOM, seq);
            feed.offer(Delivery.ofAnnounced(frame, BOTH, "sender", connection -> false, Delivery.Continuity.NEXT));
        }
    }

    /** Fills the gap with all its messages. */
    private void fillNext() {
        fillNext(1);
    }

    /** @param first the number of the first message that may have been missed */
    private void fillNext(long first) {
        Gap gap = gaps.remove();
        Map<Long, Delivery> found = new HashMap<>();
        for (long seq = Math.max(first, gap.afterSeq() + 1); seq < gap.beforeSeq(); seq++) {
            found.put(seq, Samples.delivery(seq, gap.userIds(), "sender"));
        }
        if (gap.isStartUnknown()) {
            feed.startAfter(first - 1, found, gap.beforeSeq());
        } else {
            feed.fill(found, gap.beforeSeq());
        }
    }

    @Test
    void deliveriesDuringARoundArePushedTogetherInTheNext() {
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
    void theDelayOfARoundIsThatOfItsFirstDelivery() {
        connectBoth();
        offer(1);
        now = 2;
        rounds.runAll();
        offer(2);
        now = 5;
        offer(3);
        now = 9;
        rounds.runAll();

        assertThat(pushedAfter).containsExactly(2L, 7L);
    }

    @Test
    void aRoundThatReachesNobodyHasNoDelay() {
        offer(1);
        rounds.runAll();

        assertThat(pushedAfter).isEmpty();
    }

    @Test
    void anEventKeepsItsPlaceAmongTheMessages() {
        connectBoth();
        offer(1);
        Frame typing = Frame.ofEvent(new PushEvent.Typing(Samples.ROOM, "bob"));
        feed.offer(Delivery.ofEvent(typing, BOTH, connection -> false));
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
    void oneGapIsLoadedAtATime() {
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
    void aStuckConnectionDelaysNobodyElse() {
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
    void aRoundIsLimited() {
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
    void aFeedRetiresOnlyIfItHasNothingToDo() {
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

    @Test
    void theStartIsSearchedForAtOnce() {
        connectBoth();
        offer(5);
        rounds.runAll();

        assertThat(Samples.seqs(ann)).isEmpty();
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.isStartUnknown()).isTrue();
            assertThat(gap.isUrgent()).isTrue();
            assertThat(gap.beforeSeq()).isEqualTo(5);
            assertThat(gap.userIds()).isEqualTo(BOTH);
        });
        fillNext(3);
        rounds.runAll();
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(3, 5));
    }

    @Test
    void aNextMessageStartsTheOrder() {
        connectBoth();
        offer(5, Delivery.Continuity.NEXT);
        rounds.runAll();

        assertThat(Samples.seqs(ann)).containsExactly(5L);
        assertThat(gaps).isEmpty();
    }

    /** The message before it was announced too, so that announcement is not on its way but lost. */
    @Test
    void aGapBeforeANextMessageIsUrgent() {
        connectBoth();
        offer(1);
        offer(3, Delivery.Continuity.NEXT);
        rounds.runAll();
        assertThat(gaps.element().isUrgent()).isTrue();
        fillNext();
        rounds.runAll();
        offer(5);
        rounds.runAll();

        assertThat(gaps.element().isUrgent())
                .as("the one before may still come")
                .isFalse();
    }

    @Test
    void anAnnouncedGapIsUrgentOncePartOfItIsFound() {
        connectBoth();
        offer(1);
        rounds.runAll();
        feed.announce(4, BOTH, 0);
        rounds.runAll();
        Gap gap = gaps.remove();
        assertThat(gap.isUrgent()).isFalse();
        assertThat(gap.beforeSeq()).isEqualTo(5);
        feed.fill(Map.of(2L, Samples.delivery(2, BOTH, "sender")), 3);
        rounds.runAll();

        assertThat(gaps.element().isUrgent()).isTrue();
        assertThat(gaps.element().afterSeq()).isEqualTo(2);
    }

    @Test
    void announcedMessagesGoToTheMembersOfTheAnnouncement() {
        connectBoth();
        offer(1);
        feed.announce(2, Set.of("ann"), 0);
        rounds.runAll();
        fillNext();
        rounds.runAll();

        assertThat(Samples.seqs(ann)).containsExactly(1L, 2L);
        assertThat(Samples.seqs(bob)).containsExactly(1L);
    }

    /** A user who connects later has found in the store what was pushed to nobody. */
    @Test
    void aFeedThatReachesNobodyStartsAnew() {
        offer(5, Delivery.Continuity.NEXT);
        rounds.runAll();
        connectBoth();
        offer(9);
        rounds.runAll();

        assertThat(gaps.element().isStartUnknown()).isTrue();
        fillNext(8);
        rounds.runAll();
        assertThat(Samples.seqs(ann)).containsExactly(8L, 9L);
    }

    @Test
    void excessMessagesFromOtherNodesAreLoadedLater() {
        connectBoth();
        offerFromElsewhere(1, 1500);
        rounds.runAll();

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 1024));
        assertThat(gaps.element().beforeSeq()).isEqualTo(1501);
        offerFromElsewhere(1501, 1502);
        rounds.runAll();
        fillNext();
        rounds.runAll();
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 1502));
    }

    /** Their senders are slowed down instead. */
    @Test
    void messagesOfThisNodeAreNeverDropped() {
        connectBoth();
        for (long seq = 1; seq <= 1500; seq++) {
            offer(seq);
        }
        rounds.runAll();

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 1500));
    }

    /** Messages arrive late, twice, reordered or not at all, some are only announced; rounds and fills run at any time. */
    @RepeatedTest(300)
    void everyConnectionGetsEachMessageOnceAndInOrder(RepetitionInfo repetition) {
        long seed = 20_261_124L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        connectBoth();
        long first = 1 + random.nextInt(3) * 100L;
        long last = first + 40 + random.nextInt(400);
        List<Long> arrivals = arrivals(random, first, last);
        Set<Long> offered = new HashSet<>();
        int at = 0;
        while (at < arrivals.size() || rounds.waiting() > 0 || !gaps.isEmpty()) {
            int choice = random.nextInt(10);
            if (choice < 6 && at < arrivals.size()) {
                offerInSomeWay(random, arrivals.get(at), first, offered);
                at++;
            } else if (choice < 8 && rounds.waiting() > 0) {
                rounds.runNext();
            } else if (choice >= 8 && !gaps.isEmpty()) {
                fillNext(first);
            }
        }

        assertThat(Samples.seqs(ann)).as("seed " + seed).isEqualTo(Samples.numbers(first, last));
        assertThat(Samples.seqs(bob)).as("seed " + seed).isEqualTo(Samples.numbers(first, last));
        assertThat(feed.isIdle()).isTrue();
    }

    /** As next only if all before it were offered. */
    private void offerInSomeWay(Random random, long seq, long first, Set<Long> offered) {
        boolean isNext = offered.containsAll(Samples.numbers(first, seq - 1));
        switch (random.nextInt(8)) {
            case 0 -> feed.announce(seq, BOTH, 0);
            case 1 -> offer(seq, Delivery.Continuity.AGAIN);
            default -> {
                offer(seq, isNext && random.nextBoolean() ? Delivery.Continuity.NEXT : Delivery.Continuity.NEW);
                offered.add(seq);
            }
        }
    }

    private static List<Long> arrivals(Random random, long first, long last) {
        List<long[]> all = new ArrayList<>();
        for (long seq = first; seq <= last; seq++) {
            for (int times = random.nextInt(4) + 2; times > 2; times -= 2) {
                all.add(new long[] {seq, seq + random.nextInt(8)});
            }
        }
        all.add(new long[] {last, last});
        all.sort((one, other) -> Long.compare(one[1], other[1]));
        return all.stream().map(pair -> pair[0]).toList();
    }
}
