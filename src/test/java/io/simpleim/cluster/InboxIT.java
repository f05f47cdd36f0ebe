package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.cluster.message.ClusterMessageCodec;
import io.simpleim.cluster.message.SessionEnded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.XTrimParams;

/** What a node receives, and how it notices that it missed some. */
class InboxIT extends WithRedis {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<ClusterMessage> received = new CopyOnWriteArrayList<>();
    private OneNode node;
    private Inbox inbox;

    @BeforeEach
    void join() {
        node = completeNodes(1).get(0);
        inbox = new Inbox(node.state.incarnation(), streams, node.catchUps, this::handle, clock);
    }

    @AfterEach
    void close() {
        inbox.close();
        thread.shutdown();
    }

    private void handle(ClusterMessage message) {
        if (message.equals(new SessionEnded("defect"))) {
            throw new IllegalStateException("a defect");
        }
        received.add(message);
    }

    private void run() {
        thread.execute(inbox::run);
    }

    private void publish(String... sessions) {
        for (String session : sessions) {
            streams.tell(Map.of(node.id(), List.of(ClusterMessageCodec.write(new SessionEnded(session)))));
        }
    }

    private void awaitReceived(String... sessions) {
        List<ClusterMessage> expected = List.of(sessions).stream()
                .<ClusterMessage>map(SessionEnded::new)
                .toList();
        await().untilAsserted(() -> assertThat(received).isEqualTo(expected));
    }

    private String stream() {
        return key(node.id()) + ":stream";
    }

    private void trim(int kept) {
        redis.xtrim(stream(), XTrimParams.xTrimParams().maxLen(kept));
    }

    @Test
    void messagesAreReceivedInOrder() {
        publish("a", "b");
        run();
        awaitReceived("a", "b");
        publish("c");
        awaitReceived("a", "b", "c");

        assertThat(node.isComplete()).isTrue();
    }

    @Test
    void allMessagesOfAnEntryAreReceived() {
        String two =
                ClusterMessageCodec.write(new SessionEnded("a")) + ClusterMessageCodec.write(new SessionEnded("b"));
        streams.tell(Map.of(node.id(), List.of(two)));
        run();

        awaitReceived("a", "b");
    }

    @Test
    void droppedEntriesShowAsAHoleInTheNumbers() {
        publish("a", "b", "c", "d");
        trim(1);
        run();
        awaitReceived("d");

        assertThat(inbox.received()).isEqualTo(1);
        assertThat(inbox.missed()).isEqualTo(3);
        assertThat(node.isComplete()).isFalse();
        beat(node);
        assertThat(node.catchUpsSince).hasSize(2);
    }

    @Test
    void droppedEntriesAreNoticedThoughNoneFollow() {
        publish("a", "b", "c");
        trim(0);
        run();
        await().until(() -> !node.isComplete());
        assertThat(inbox.missed()).isEqualTo(3);
        beat(node);
        node.finishCatchUps();
        publish("d");

        awaitReceived("d");
        assertThat(node.isComplete()).as("that was all").isTrue();
    }

    @Test
    void aLostStreamLeadsToANewIncarnation() {
        String before = node.id();
        publish("a");
        run();
        awaitReceived("a");
        streams.delete(before);
        await().until(node::isUnreachable);
        beat(node);
        assertThat(node.id()).isNotEqualTo(before);
        publish("b");

        awaitReceived("a", "b");
    }

    /**
     * A replica took the place of a master that was some entries ahead of it. The next entries had numbers that the node had
     * read already, so it missed them without noticing.
     */
    @Test
    void aStreamBehindTheReadPositionLeadsToANewIncarnation() {
        String before = node.id();
        publish("a", "b", "c");
        run();
        awaitReceived("a", "b", "c");
        redis.del(stream());
        redis.set(key(before) + ":count", "1");
        publish("d");
        await().until(node::isUnreachable);
        beat(node);
        assertThat(node.id()).isNotEqualTo(before);
        publish("e");

        awaitReceived("a", "b", "c", "e");
        assertThat(node.isComplete()).isFalse();
    }

    @Test
    void readingResumesAtThePositionWhenRedisIsBack() {
        publish("a");
        run();
        awaitReceived("a");
        server.kill();
        await().until(() -> !node.isComplete());
        server.restart();
        await().ignoreExceptions().until(() -> {
            publish("b");
            return true;
        });

        await().untilAsserted(() -> assertThat(received).endsWith(new SessionEnded("b")));
        assertThat(received).startsWith(new SessionEnded("a")).doesNotHaveDuplicates();
    }

    @Test
    void aMessageThatCannotBeHandledIsCaughtUpWithAndTheRestIsReceived() {
        String two = ClusterMessageCodec.write(new SessionEnded("defect"))
                + ClusterMessageCodec.write(new SessionEnded("b"));
        streams.tell(Map.of(node.id(), List.of(two)));
        streams.tell(Map.of(node.id(), List.of("no JSON\n")));
        publish("c");
        run();

        awaitReceived("b", "c");
        assertThat(node.isComplete()).isFalse();
    }

    @Test
    void aClosedInboxEnds() {
        inbox.close();
        inbox.run();

        assertThat(received).isEmpty();
    }
}
