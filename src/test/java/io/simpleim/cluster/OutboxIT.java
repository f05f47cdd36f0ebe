package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.cluster.message.Acknowledges;
import io.simpleim.cluster.message.Audience;
import io.simpleim.cluster.message.CatchUpRequest;
import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.cluster.message.Push;
import io.simpleim.cluster.message.SessionEnded;
import io.simpleim.cluster.outbox.Outbox;
import io.simpleim.event.MessagePush;
import io.simpleim.feed.Delivery.Continuity;
import io.simpleim.push.Frame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node publishes to two others. */
class OutboxIT extends WithRedis {
    private static final long OLDEST = 10;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private List<OneNode> nodes;
    private String self;
    private String first;
    private String second;
    private Outbox outbox;

    @BeforeEach
    void join() {
        nodes = completeNodes(3);
        self = nodes.get(0).id();
        first = nodes.get(1).id();
        second = nodes.get(2).id();
        outbox = new Outbox(nodes.get(0).membership, locations, streams, clock, this::nanoTime);
    }

    @AfterEach
    void close() {
        outbox.close();
        thread.shutdown();
    }

    private void run() {
        thread.execute(outbox::run);
    }

    private static Push message(String roomId, long seq, Audience audience) {
        MessagePush push = new MessagePush("m" + seq, 1, "hi", roomId, 2, "ann", seq, START);
        return new Push(roomId, audience, "", Frame.ofMessage(push), new Push.Numbered(seq, "ann", Continuity.NEW));
    }

    private static Push toRoom(long seq) {
        return message("room", seq, Audience.ofRoom(1, ""));
    }

    private void publish(ClusterMessage... all) throws InterruptedException {
        List.of(all).forEach(outbox::publish);
        outbox.flush(Long.MAX_VALUE);
    }

    private List<Long> seqs(String nodeId) {
        return seqs(nodeId, Integer.MAX_VALUE);
    }

    /** The numbers of the first messages, which are pushes. */
    private List<Long> seqs(String nodeId, int most) {
        return messages(nodeId).stream()
                .limit(most)
                .map(message -> ((Push) message).message().seq())
                .toList();
    }

    /** Whether each message in the stream continues the order of its room. */
    private List<Boolean> areNext(String nodeId) {
        return messages(nodeId).stream()
                .map(message -> message instanceof Push push && push.message().continuity() == Continuity.NEXT)
                .toList();
    }

    @Test
    void namedUsersGetMessagesOnTheirNodesAlone() throws InterruptedException {
        locations.note(self, List.of("ann", "bob"), List.of());
        locations.note(first, List.of("bob"), List.of());
        locations.note(second, List.of("cid"), List.of());
        run();
        publish(
                message("a", 1, Audience.of(List.of("ann", "bob"))),
                message("b", 2, Audience.of(List.of("ann", "nobody"))),
                message("c", 3, Audience.of(List.of("bob", "cid"))));

        assertThat(seqs(first)).containsExactly(1L, 3L);
        assertThat(seqs(second)).containsExactly(3L);
        assertThat(entries(self)).isEmpty();
    }

    @Test
    void anAcknowledgementGoesToTheNodesOfItsUserAlone() throws InterruptedException {
        locations.note(second, List.of("cid"), List.of());
        run();
        publish(new Acknowledges("cid"));

        assertThat(messages(first)).isEmpty();
        assertThat(messages(second)).containsExactly(new Acknowledges("cid"));
    }

    @Test
    void messagesForAllNodesGoToAllOthers() throws InterruptedException {
        run();
        publish(toRoom(1), new SessionEnded("s"), new CatchUpRequest(5));

        assertThat(seqs(first, 1)).containsExactly(1L);
        assertThat(entries(first)).isEqualTo(entries(second));
        assertThat(messages(second)).endsWith(new CatchUpRequest(5));
        assertThat(entries(self)).isEmpty();
    }

    @Test
    void messagesOfABatchShareAnEntry() throws InterruptedException {
        IntStream.rangeClosed(1, 50).forEach(seq -> outbox.publish(toRoom(seq)));
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(entries(first)).hasSize(1);
        assertThat(seqs(first)).hasSize(50).isSorted();
    }

    @Test
    void anEntryIsBounded() throws InterruptedException {
        IntStream.rangeClosed(1, 900).forEach(seq -> outbox.publish(toRoom(seq)));
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(entries(first))
                .hasSizeGreaterThan(1)
                .allSatisfy(entry -> assertThat(entry.length()).isLessThanOrEqualTo(32 * 1024));
        assertThat(seqs(first)).hasSize(900).isSorted();
    }

    @Test
    void aMessageIsNextIfTheOneBeforeWasPublished() throws InterruptedException {
        outbox.publish(toRoom(4));
        outbox.publish(message("other", 9, Audience.ofRoom(1, "")));
        outbox.publish(toRoom(5));
        run();
        outbox.flush(Long.MAX_VALUE);
        publish(toRoom(6));
        publish(toRoom(8));
        publish(message("other", 10, Audience.ofRoom(1, "")));

        assertThat(areNext(first)).containsExactly(false, false, true, true, false, true);
    }

    @Test
    void noMessageIsNextAfterOneThatCouldNotBePublished() throws InterruptedException {
        run();
        publish(toRoom(1));
        server.kill();
        publish(toRoom(2));
        server.restart();
        awaitAllPublished();
        publish(toRoom(3));

        assertThat(areNext(first)).containsExactly(false, false, false);
        assertThat(messages(first)).contains(new CatchUpRequest(now() - OLDEST));
        assertThat(messages(second)).contains(new CatchUpRequest(now() - OLDEST));
    }

    private void awaitAllPublished() {
        await().until(() -> {
            outbox.wake();
            return outbox.hasPublishedAll();
        });
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    @Test
    void anOwedCatchUpIsRequestedOnceAndSinceTheFirstFailure() throws InterruptedException {
        run();
        long firstAt = now();
        server.kill();
        publish(toRoom(1));
        clock.advance(Heartbeat.INTERVAL);
        publish(toRoom(2));
        server.restart();
        awaitAllPublished();
        outbox.wake();
        awaitAllPublished();

        assertThat(messages(first)).containsExactly(new CatchUpRequest(firstAt - OLDEST));
    }

    /** A node had died while it wrote a location, and its stream was tried for each message to that user. */
    @Test
    void theLocationOfAUserOnANodeThatIsGoneIsDeleted() throws InterruptedException {
        locations.note("gone", List.of("bob", "cid"), List.of());
        locations.note(first, List.of("bob"), List.of());
        run();
        publish(message("a", 1, Audience.of(List.of("bob"))));

        assertThat(locations.nodesOf(List.of("bob", "cid")))
                .isEqualTo(Map.of("bob", Set.of(first), "cid", Set.of("gone")));
        assertThat(seqs(first)).containsExactly(1L);
    }

    /** The node begins a new incarnation and cleans up after the old one. */
    @Test
    void theLocationOfAUserOnALiveNodeIsKeptThoughItsStreamIsGone() throws InterruptedException {
        locations.note(first, List.of("bob"), List.of());
        streams.delete(first);
        run();
        publish(message("a", 1, Audience.of(List.of("bob"))));

        assertThat(locations.nodesOf(List.of("bob"))).isEqualTo(Map.of("bob", Set.of(first)));
    }

    @Test
    void publishedAndQueuedMessagesAreCounted() throws InterruptedException {
        outbox.publish(toRoom(1));
        outbox.publish(toRoom(2));
        assertThat(outbox.queued()).isEqualTo(2);
        assertThat(outbox.published()).isZero();
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(outbox.queued()).isZero();
        assertThat(outbox.published()).isEqualTo(2);
    }

    @Test
    void aNodeThatIsAlonePublishesNothing() throws InterruptedException {
        for (OneNode other : nodes.subList(1, 3)) {
            other.state.incarnation().leave();
            registry.forget(other.id());
        }
        beat(nodes.get(0));
        run();
        publish(toRoom(1));

        assertThat(entries(first)).isEmpty();
    }

    @Test
    void messagesBeyondTheCapacityAreOwed() throws InterruptedException {
        IntStream.rangeClosed(1, 10_001).forEach(i -> outbox.publish(new SessionEnded("s")));
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(messages(first)).hasSize(10_001);
        assertThat(messages(first).get(0)).isEqualTo(new CatchUpRequest(now() - OLDEST));
    }

    @Test
    void queuedMessagesArePublishedBeforeItEnds() {
        outbox.publish(toRoom(1));
        outbox.close();
        outbox.run();

        assertThat(seqs(first)).containsExactly(1L);
    }
}
