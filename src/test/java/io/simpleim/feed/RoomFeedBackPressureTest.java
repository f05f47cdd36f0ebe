package io.simpleim.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.push.Hub;
import io.simpleim.push.Samples;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders cannot write faster than a large room is pushed to. */
@Timeout(60)
class RoomFeedBackPressureTest {
    private static final Set<String> MEMBERS = Set.of("ann");

    private final Hub hub = new Hub();
    private final HeldTasks rounds = new HeldTasks();
    private final AtomicLong now = new AtomicLong();
    private final RoomFeed feed =
            new RoomFeed(new FanOut(hub, Runnable::run, nanos -> {}), rounds, (room, gap) -> {}, now::get);

    /** Pushes once, since a feed learns the size of its room from a round. */
    private void roomOf(int connections) {
        for (int i = 0; i < connections; i++) {
            Samples.connect(hub, "ann", FakeTransport.inline());
        }
        feed.offer(Samples.delivery(1, MEMBERS, "first"));
        rounds.runAll();
    }

    private void offer(long seq, String senderId) {
        feed.offer(Samples.delivery(seq, MEMBERS, senderId));
    }

    @Test
    void inALargeRoomASenderWaitsUntilItsLastMessageIsPushed() {
        roomOf(64);
        offer(2, "bob");

        assertThat(feed.mustWait("bob")).isTrue();
        assertThat(feed.mustWait("eve")).isFalse();
        rounds.runAll();
        assertThat(feed.mustWait("bob")).isFalse();
    }

    @Test
    void inASmallRoomNoSenderWaits() throws InterruptedException {
        roomOf(63);
        offer(2, "bob");

        assertThat(feed.mustWait("bob")).isFalse();
        assertThat(feed.awaitTurn("bob", 0)).isTrue();
    }

    @Test
    void aSenderOfSeveralMessagesWaitsUntilAllArePushed() {
        roomOf(512);
        for (long seq = 2; seq < 2 + 40; seq++) {
            offer(seq, "bob");
        }
        rounds.runNext();
        assertThat(feed.mustWait("bob")).as("32 of 40 are pushed").isTrue();
        rounds.runAll();

        assertThat(feed.mustWait("bob")).isFalse();
    }

    @Test
    void allSendersWaitWhileTooManyMessagesWait() {
        roomOf(65_536 / 128);
        for (int i = 0; i < 128; i++) {
            offer(2 + i, "sender " + i);
        }
        assertThat(feed.mustWait("eve")).isFalse();
        offer(130, "one more");
        assertThat(feed.mustWait("eve")).isTrue();
        rounds.runNext();

        assertThat(feed.mustWait("eve")).isFalse();
    }

    @Test
    void aSenderGoesOnWhenItsMessageIsPushed() throws Exception {
        roomOf(64);
        offer(2, "bob");
        offer(3, "eve");
        CompletableFuture<Boolean> bob = waiting("bob");
        CompletableFuture<Boolean> eve = waiting("eve");
        rounds.runAll();

        assertThat(bob.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(eve.get(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Returns when the thread is waiting. */
    private CompletableFuture<Boolean> waiting(String senderId) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(feed.awaitTurn(senderId, Long.MAX_VALUE));
                    } catch (InterruptedException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "waiting sender");
        thread.setDaemon(true);
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return result;
    }

    @Test
    void aSenderGivesUpAtTheDeadline() throws InterruptedException {
        roomOf(64);
        offer(2, "bob");
        now.set(100);

        assertThat(feed.awaitTurn("bob", 100)).isFalse();
        assertThat(feed.awaitTurn("eve", 100)).isTrue();
        rounds.runAll();
        assertThat(feed.awaitTurn("bob", 100)).isTrue();
    }
}
