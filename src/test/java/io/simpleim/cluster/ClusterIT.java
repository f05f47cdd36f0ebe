package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.event.MessagePush;
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

/** A whole node, and what it hears of another one. */
class ClusterIT extends WithRedis {
    private static final int LATEST = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Heeding heeding = new Heeding();
    private Cluster cluster;

    private static final class Heeding implements Cluster.Listener {
        private final List<Long> pushed = new CopyOnWriteArrayList<>();
        private final List<Long> next = new CopyOnWriteArrayList<>();
        private final List<String> ended = new CopyOnWriteArrayList<>();
        private final List<String> acknowledging = new CopyOnWriteArrayList<>();
        private final List<Long> lookBacks = new CopyOnWriteArrayList<>();
        private final List<Runnable> looking = new CopyOnWriteArrayList<>();
        private final List<Boolean> hearing = new CopyOnWriteArrayList<>();

        @Override
        public void pushed(ClusterMessage.Push push, boolean isNext) {
            long seq = Samples.lastSeq(push.frame());
            if (isNext) {
                next.add(seq);
            }
            pushed.add(seq);
        }

        @Override
        public void sessionEnded(String sessionId) {
            ended.add(sessionId);
        }

        @Override
        public void acknowledges(String userId) {
            acknowledging.add(userId);
        }

        @Override
        public void moved(Collection<String> userIds) {}

        @Override
        public void hearing(boolean isHearing) {
            hearing.add(isHearing);
        }

        @Override
        public void lookBack(long since, Runnable done) {
            looking.add(done);
            lookBacks.add(since);
        }

        void found() {
            looking.forEach(Runnable::run);
            looking.clear();
        }
    }

    @BeforeEach
    void join() {
        Cluster.Keys keys = new Cluster.Keys(registry, whereabouts, streams);
        cluster = new Cluster(new Hub(), keys, "a test", threads, threads, clock, this::nanoTime);
        cluster.start(heeding, threads, timer);
        await().until(() -> streams.last(cluster.membership().id()).isPresent());
    }

    @AfterEach
    void leave() {
        timer.shutdownNow();
        cluster.close();
        threads.shutdown();
    }

    private void tell(ClusterMessage news) {
        streams.tell(Map.of(cluster.membership().id(), List.of(ClusterMessageCodec.write(news, true))));
    }

    private void tellMessage(long seq) {
        MessagePush push = new MessagePush("m" + seq, 1, "hi", "room", 2, "ann", seq, START);
        ClusterMessage.Audience audience = ClusterMessage.Audience.ofRoom(1, "");
        tell(new ClusterMessage.Push(
                "room", audience, "", Frame.ofMessage(push), new ClusterMessage.Numbered(seq, "ann", false)));
        await().until(() -> heeding.pushed.contains(seq));
    }

    private void beatUntilItHears() {
        await().until(() -> {
            cluster.membership().beat();
            return heeding.hearing.contains(true);
        });
    }

    /**
     * A node had come, and others did not know that yet as they told of a message in a large room. They told it of the
     * next one, and that they had told of the one before: the room began there, and the one before was never pushed.
     */
    @Test
    void nothingIsTakenForNextWhileNotEverythingWasHeard() {
        tellMessage(1);
        beatUntilItHears();
        await().until(() -> !heeding.looking.isEmpty());
        tellMessage(2);
        assertThat(heeding.next).isEmpty();
        heeding.found();
        tellMessage(3);
        assertThat(heeding.next).containsExactly(3L);
        cluster.membership().unsure("a test");
        tellMessage(4);

        assertThat(heeding.next).containsExactly(3L);
        assertThat(heeding.pushed).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatOthersCouldNotTellIsLookedFor() {
        beatUntilItHears();
        heeding.found();
        tell(new ClusterMessage.LookBack(START - 100));
        await().until(() -> heeding.lookBacks.contains(START - 100 - 10));

        assertThat(cluster.coverage().since()).isEqualTo(START - 100 - LATEST);
        assertThat(cluster.coverage().isAlone()).isFalse();
        heeding.found();
        assertThat(cluster.coverage().since()).isEqualTo(clock.instant().getEpochSecond() - LATEST);
    }

    @Test
    void sessionsEndOnOtherNodes() {
        tell(new ClusterMessage.SessionEnded("s"));

        await().until(() -> heeding.ended.equals(List.of("s")));
    }

    @Test
    void whoAcknowledgesIsBelievedOnOtherNodes() {
        tell(new ClusterMessage.Acknowledges("ann"));

        await().until(() -> heeding.acknowledging.equals(List.of("ann")));
    }

    @Test
    void aNodeThatLeavesHasToldAllAndNothingOfItIsLeft() {
        List<OneNode> others = new ArrayList<>(sureNodes(1));
        String other = others.get(0).id();
        cluster.membership().beat();
        cluster.outbox().tell(new ClusterMessage.SessionEnded("last"));
        timer.shutdownNow();
        cluster.close();

        assertThat(told(other))
                .extracting(ClusterMessageCodec.Read::news)
                .containsExactly(new ClusterMessage.SessionEnded("last"));
        assertThat(registry.alive()).containsOnlyKeys(other);
        assertThat(streams.last(cluster.membership().id())).isEmpty();
    }
}
