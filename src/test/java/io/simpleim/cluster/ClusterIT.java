package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.cluster.message.Acknowledges;
import io.simpleim.cluster.message.Audience;
import io.simpleim.cluster.message.CatchUpRequest;
import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.cluster.message.ClusterMessageCodec;
import io.simpleim.cluster.message.ClusterMessageHandler;
import io.simpleim.cluster.message.Push;
import io.simpleim.cluster.message.SessionEnded;
import io.simpleim.event.MessagePush;
import io.simpleim.feed.Delivery.Continuity;
import io.simpleim.push.Frame;
import io.simpleim.push.Hub;
import io.simpleim.push.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole node, and what it receives from another one. */
class ClusterIT extends WithRedis {
    private static final int MAX_DELAY_SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Recorder recorder = new Recorder();
    private ClusterPublisher publisher;
    private ClusterReceiver receiver;

    private static final class Recorder implements ClusterMessageHandler, ClusterListener {
        private final List<Long> pushed = new CopyOnWriteArrayList<>();
        private final List<Long> next = new CopyOnWriteArrayList<>();
        private final List<String> ended = new CopyOnWriteArrayList<>();
        private final List<String> acknowledging = new CopyOnWriteArrayList<>();
        private final List<Long> catchUps = new CopyOnWriteArrayList<>();
        private final List<Runnable> unfinished = new CopyOnWriteArrayList<>();
        private final List<Boolean> reception = new CopyOnWriteArrayList<>();

        @Override
        public void push(Push push) {
            long seq = Samples.lastSeq(push.frame());
            if (push.message().continuity() == Continuity.NEXT) {
                next.add(seq);
            }
            pushed.add(seq);
        }

        @Override
        public void sessionEnded(String sessionId) {
            ended.add(sessionId);
        }

        @Override
        public void userAcknowledges(String userId) {
            acknowledging.add(userId);
        }

        @Override
        public void usersMoved(Collection<String> userIds) {}

        @Override
        public void receptionChanged(boolean isComplete) {
            reception.add(isComplete);
        }

        @Override
        public void catchUp(long since, Runnable done) {
            unfinished.add(done);
            catchUps.add(since);
        }

        void finishCatchUps() {
            unfinished.forEach(Runnable::run);
            unfinished.clear();
        }
    }

    @BeforeEach
    void join() {
        publisher = new ClusterPublisher(keys, clock, this::nanoTime);
        ClusterReceiver.Workers workers = new ClusterReceiver.Workers(threads, threads);
        receiver = new ClusterReceiver(publisher, keys, new Hub(), "a test", recorder, recorder, workers, clock);
        publisher.start(threads);
        receiver.start(threads, timer);
        await().until(() -> streams.last(publisher.membership().id()).isPresent());
    }

    @AfterEach
    void leave() {
        timer.shutdownNow();
        receiver.close();
        threads.shutdown();
    }

    private void send(ClusterMessage message) {
        streams.tell(Map.of(publisher.membership().id(), List.of(ClusterMessageCodec.write(message))));
    }

    private void sendMessage(long seq) {
        MessagePush push = new MessagePush("m" + seq, 1, "hi", "room", 2, "ann", seq, START);
        Audience audience = Audience.ofRoom(1, "");
        send(new Push("room", audience, "", Frame.ofMessage(push), new Push.Numbered(seq, "ann", Continuity.NEXT)));
        await().until(() -> recorder.pushed.contains(seq));
    }

    private void beatUntilReceptionIsComplete() {
        await().until(() -> {
            receiver.heartbeat().beat();
            return recorder.reception.contains(true);
        });
    }

    /**
     * A node had joined, and others did not know it yet when they published a message of a large room. They sent it the next
     * message as following that one: the room's order began there, and the message before it was never pushed.
     */
    @Test
    void noMessageIsNextWhileAnotherMayHaveBeenMissed() {
        sendMessage(1);
        beatUntilReceptionIsComplete();
        await().until(() -> !recorder.unfinished.isEmpty());
        sendMessage(2);
        assertThat(recorder.next).isEmpty();
        recorder.finishCatchUps();
        sendMessage(3);
        assertThat(recorder.next).containsExactly(3L);
        receiver.catchUps().reportLoss("a test");
        sendMessage(4);

        assertThat(recorder.next).containsExactly(3L);
        assertThat(recorder.pushed).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aCatchUpFollowsWhenOthersCouldNotPublish() {
        beatUntilReceptionIsComplete();
        recorder.finishCatchUps();
        send(new CatchUpRequest(START - 100));
        await().until(() -> recorder.catchUps.contains(START - 100 - 10));

        assertThat(publisher.coverage().since()).isEqualTo(START - 100 - MAX_DELAY_SECONDS);
        assertThat(publisher.coverage().isAlone()).isFalse();
        recorder.finishCatchUps();
        assertThat(publisher.coverage().since()).isEqualTo(clock.instant().getEpochSecond() - MAX_DELAY_SECONDS);
    }

    @Test
    void sessionsEndOnOtherNodes() {
        send(new SessionEnded("s"));

        await().until(() -> recorder.ended.equals(List.of("s")));
    }

    @Test
    void acknowledgementsOfAUserAreBelievedOnOtherNodes() {
        send(new Acknowledges("ann"));

        await().until(() -> recorder.acknowledging.equals(List.of("ann")));
    }

    @Test
    void aNodeThatLeavesHasPublishedAllAndLeavesNothingBehind() {
        List<OneNode> others = new ArrayList<>(completeNodes(1));
        String other = others.get(0).id();
        receiver.heartbeat().beat();
        publisher.outbox().publish(new SessionEnded("last"));
        timer.shutdownNow();
        receiver.close();

        assertThat(messages(other)).containsExactly(new SessionEnded("last"));
        assertThat(registry.alive()).containsOnlyKeys(other);
        assertThat(streams.last(publisher.membership().id())).isEmpty();
    }
}
