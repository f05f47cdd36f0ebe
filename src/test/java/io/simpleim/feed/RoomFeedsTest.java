package io.simpleim.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.MessagePush;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.push.Receipt;
import io.simpleim.push.Samples;
import io.simpleim.push.StreamKey;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import io.simpleim.testing.HeldTimer;
import io.simpleim.testing.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RoomFeedsTest {
    private static final Set<String> ANN = Set.of("ann");

    private final Hub hub = new Hub();
    private final FakeTransport ann = FakeTransport.inline();
    private final HeldTimer timer = new HeldTimer();
    private final List<String> asked = new ArrayList<>();
    private RuntimeException failure;
    private boolean busy;
    private final RoomFeeds feeds = feeds(Runnable::run);

    private RoomFeeds feeds(Executor executor) {
        return new RoomFeeds(
                hub,
                executor,
                new GapLoader(timer, this::blocking, this::between, Coverage.ALONE),
                System::nanoTime,
                nanos -> {});
    }

    private void blocking(Runnable task) {
        if (busy) {
            throw new RejectedExecutionException("the queue is full");
        }
        task.run();
    }

    private List<MessagePush> between(StreamKey stream, long afterSeq, long beforeSeq) {
        asked.add(stream.roomId() + " " + afterSeq + " " + beforeSeq);
        if (failure != null) {
            throw failure;
        }
        return LongStream.range(afterSeq + 1, beforeSeq)
                .mapToObj(seq -> Samples.push(stream.roomId(), seq))
                .toList();
    }

    private static Delivery message(String roomId, long seq, String senderId, Predicate<Connection> isOwn) {
        return Delivery.ofMessage(Samples.message(roomId, seq), ANN, senderId, isOwn, Delivery.Continuity.NEXT);
    }

    private void push(long... seqs) {
        for (long seq : seqs) {
            feeds.push(Samples.ROOM, Samples.delivery(seq, ANN, "sender"));
        }
    }

    @Test
    void aGapIsLoadedAfterAMoment() {
        Samples.connect(hub, "ann", ann);
        push(1, 4, 5);
        assertThat(asked).isEmpty();
        assertThat(timer.runNext()).isEqualTo(100);

        assertThat(asked).containsExactly("room 1 4");
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 5));
    }

    @Test
    void missingMessagesMayArriveBeforeTheGapIsLoaded() {
        Samples.connect(hub, "ann", ann);
        push(1, 3, 2, 4);
        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 4));
        timer.runNext();
        push(5);

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 5));
    }

    @Test
    void aReadIsRepeatedWhenTheStoreIsAway() {
        Samples.connect(hub, "ann", ann);
        failure = new IllegalStateException("out of reach");
        push(1, 3);
        timer.runNext();
        assertThat(timer.runNext()).isEqualTo(1000);
        push(4);
        assertThat(Samples.seqs(ann)).containsExactly(1L);
        failure = null;
        timer.runNext();

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 4));
        assertThat(timer.waiting()).isZero();
    }

    /** The room stood still for ever: the feed loads one gap at a time, and never got an answer. */
    @Test
    void aReadIsRepeatedWhenAllThreadsAreBusy() {
        Samples.connect(hub, "ann", ann);
        busy = true;
        push(1, 3);
        timer.runNext();
        busy = false;
        assertThat(timer.runNext()).isEqualTo(1000);

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, 3));
    }

    @Test
    void nothingIsDoneWhileNoMemberIsConnected() {
        HeldTasks rounds = new HeldTasks();
        RoomFeeds idle = feeds(rounds);
        idle.push(Samples.ROOM, Samples.delivery(1, ANN, "sender"));
        idle.catchUp(Samples.ROOM, 5, ANN, 0);

        assertThat(rounds.waiting()).isZero();
    }

    @Test
    void roomsDoNotWaitForOneAnother() {
        Samples.connect(hub, "ann", ann);
        push(1, 3);
        feeds.push("other", message("other", 8, "sender", connection -> false));

        assertThat(Samples.seqs(ann)).containsExactly(1L, 8L);
    }

    @Test
    void aRetiredRoomIsCaughtUp() {
        Samples.connect(hub, "ann", ann);
        push(1);
        feeds.retireIdle(Duration.ofNanos(-1));
        feeds.catchUp(Samples.ROOM, 3, ANN, 0);

        assertThat(Samples.seqs(ann)).as("what it has had already is known").containsExactly(1L, 2L, 3L);
    }

    @Test
    void nobodyWaitsInARoomWithoutAFeed() throws InterruptedException {
        assertThat(feeds.mustWait("nowhere", "ann")).isFalse();
        assertThat(feeds.awaitTurn("nowhere", "ann", Duration.ZERO)).isTrue();
        assertThat(feeds.isIdle()).isTrue();
    }

    @Test
    void theOwnConnectionGetsTheOtherMessages() {
        Connection own = Samples.connect(hub, "ann", ann);
        feeds.push(Samples.ROOM, message(Samples.ROOM, 1, "ann", own::equals));
        push(2);

        assertThat(Samples.seqs(ann)).containsExactly(2L);
        assertThat(own.takeReceipts()).containsExactly(new Receipt("ann", Samples.STREAM, 1, 2));
    }

    @Test
    @Timeout(60)
    void nothingIsLostWhileIdleFeedsRetire() {
        Samples.connect(hub, "ann", ann);
        int last = 20_000;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        RoomFeeds forgetful = feeds(threads);
        AtomicBoolean isOver = new AtomicBoolean();
        Callable<Boolean> pushing = () -> {
            try {
                for (long seq = 1; seq <= last; seq++) {
                    forgetful.push(Samples.ROOM, Samples.delivery(seq, ANN, "sender"));
                }
            } finally {
                isOver.set(true);
            }
            return true;
        };
        Callable<Boolean> forgetting = () -> {
            while (!isOver.get()) {
                forgetful.retireIdle(Duration.ofNanos(-1));
            }
            return true;
        };
        try {
            Race.run(List.of(pushing, forgetting));
            Awaitility.await().until(forgetful::isIdle);
        } finally {
            threads.shutdown();
        }

        assertThat(Samples.seqs(ann)).isEqualTo(Samples.numbers(1, last));
    }
}
