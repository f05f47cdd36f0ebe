package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.event.MessagePush;
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

/** What a node tells two others. */
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
        nodes = sureNodes(3);
        self = nodes.get(0).id();
        first = nodes.get(1).id();
        second = nodes.get(2).id();
        outbox = new Outbox(nodes.get(0).membership, whereabouts, streams, clock, this::nanoTime);
    }

    @AfterEach
    void close() {
        outbox.close();
        thread.shutdown();
    }

    private void run() {
        thread.execute(outbox::run);
    }

    private static ClusterMessage.Push message(String roomId, long seq, ClusterMessage.Audience audience) {
        MessagePush push = new MessagePush("m" + seq, 1, "hi", roomId, 2, "ann", seq, START);
        return new ClusterMessage.Push(
                roomId, audience, "", Frame.ofMessage(push), new ClusterMessage.Numbered(seq, "ann", false));
    }

    private static ClusterMessage.Push toRoom(long seq) {
        return message("room", seq, ClusterMessage.Audience.ofRoom(1, ""));
    }

    private void tell(ClusterMessage... all) throws InterruptedException {
        List.of(all).forEach(outbox::tell);
        outbox.flush(Long.MAX_VALUE);
    }

    private List<Long> seqs(String nodeId) {
        return seqs(nodeId, Integer.MAX_VALUE);
    }

    /** Of the first news, which are messages. */
    private List<Long> seqs(String nodeId, int most) {
        return told(nodeId).stream()
                .limit(most)
                .map(read -> ((ClusterMessage.Push) read.news()).message().seq())
                .toList();
    }

    @Test
    void usersWhoAreNamedAreToldOfOnTheirNodesAlone() throws InterruptedException {
        whereabouts.note(self, List.of("ann", "bob"), List.of());
        whereabouts.note(first, List.of("bob"), List.of());
        whereabouts.note(second, List.of("cid"), List.of());
        run();
        tell(
                message("a", 1, ClusterMessage.Audience.of(List.of("ann", "bob"))),
                message("b", 2, ClusterMessage.Audience.of(List.of("ann", "nobody"))),
                message("c", 3, ClusterMessage.Audience.of(List.of("bob", "cid"))));

        assertThat(seqs(first)).containsExactly(1L, 3L);
        assertThat(seqs(second)).containsExactly(3L);
        assertThat(entries(self)).isEmpty();
    }

    @Test
    void thatAUserAcknowledgesIsToldOnItsNodesAlone() throws InterruptedException {
        whereabouts.note(second, List.of("cid"), List.of());
        run();
        tell(new ClusterMessage.Acknowledges("cid"));

        assertThat(told(first)).isEmpty();
        assertThat(told(second))
                .extracting(ClusterMessageCodec.Read::news)
                .containsExactly(new ClusterMessage.Acknowledges("cid"));
    }

    @Test
    void whatIsForAllIsToldToAllOthers() throws InterruptedException {
        run();
        tell(toRoom(1), new ClusterMessage.SessionEnded("s"), new ClusterMessage.LookBack(5));

        assertThat(seqs(first, 1)).containsExactly(1L);
        assertThat(entries(first)).isEqualTo(entries(second));
        assertThat(told(second)).extracting(ClusterMessageCodec.Read::news).endsWith(new ClusterMessage.LookBack(5));
        assertThat(entries(self)).isEmpty();
    }

    @Test
    void whatIsToldTogetherSharesAnEntry() throws InterruptedException {
        IntStream.rangeClosed(1, 50).forEach(seq -> outbox.tell(toRoom(seq)));
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(entries(first)).hasSize(1);
        assertThat(seqs(first)).hasSize(50).isSorted();
    }

    @Test
    void anEntryIsBounded() throws InterruptedException {
        IntStream.rangeClosed(1, 900).forEach(seq -> outbox.tell(toRoom(seq)));
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(entries(first))
                .hasSizeGreaterThan(1)
                .allSatisfy(entry -> assertThat(entry.length()).isLessThanOrEqualTo(32 * 1024));
        assertThat(seqs(first)).hasSize(900).isSorted();
    }

    @Test
    void aMessageIsNextIfTheOneBeforeWasTold() throws InterruptedException {
        outbox.tell(toRoom(4));
        outbox.tell(message("other", 9, ClusterMessage.Audience.ofRoom(1, "")));
        outbox.tell(toRoom(5));
        run();
        outbox.flush(Long.MAX_VALUE);
        tell(toRoom(6));
        tell(toRoom(8));
        tell(message("other", 10, ClusterMessage.Audience.ofRoom(1, "")));

        assertThat(told(first))
                .extracting(ClusterMessageCodec.Read::isNext)
                .containsExactly(false, false, true, true, false, true);
    }

    @Test
    void afterOneThatCouldNotBeToldNoneIsNext() throws InterruptedException {
        run();
        tell(toRoom(1));
        server.kill();
        tell(toRoom(2));
        server.restart();
        awaitAllTold();
        tell(toRoom(3));

        assertThat(told(first)).extracting(ClusterMessageCodec.Read::isNext).containsExactly(false, false, false);
        assertThat(told(first))
                .extracting(ClusterMessageCodec.Read::news)
                .contains(new ClusterMessage.LookBack(now() - OLDEST));
        assertThat(told(second))
                .extracting(ClusterMessageCodec.Read::news)
                .contains(new ClusterMessage.LookBack(now() - OLDEST));
    }

    private void awaitAllTold() {
        await().until(() -> {
            outbox.wake();
            return outbox.hasToldAll();
        });
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    @Test
    void whatIsOwedIsToldOnceAndSinceTheFirst() throws InterruptedException {
        run();
        long firstAt = now();
        server.kill();
        tell(toRoom(1));
        clock.advance(NodeMembership.BEAT);
        tell(toRoom(2));
        server.restart();
        awaitAllTold();
        outbox.wake();
        awaitAllTold();

        assertThat(told(first))
                .extracting(ClusterMessageCodec.Read::news)
                .containsExactly(new ClusterMessage.LookBack(firstAt - OLDEST));
    }

    /** A node had died while it noted a user: whatever the user was told, its stream was tried. */
    @Test
    void aNodeThatIsGoneIsForgottenWhereAUserIsNotedOnIt() throws InterruptedException {
        whereabouts.note("gone", List.of("bob", "cid"), List.of());
        whereabouts.note(first, List.of("bob"), List.of());
        run();
        tell(message("a", 1, ClusterMessage.Audience.of(List.of("bob"))));

        assertThat(whereabouts.nodesOf(List.of("bob", "cid")))
                .isEqualTo(Map.of("bob", Set.of(first), "cid", Set.of("gone")));
        assertThat(seqs(first)).containsExactly(1L);
    }

    /** It begins anew under another id, and clears up after itself. */
    @Test
    void aNodeThatIsAliveIsNotForgottenThoughItsStreamIsGone() throws InterruptedException {
        whereabouts.note(first, List.of("bob"), List.of());
        streams.delete(first);
        run();
        tell(message("a", 1, ClusterMessage.Audience.of(List.of("bob"))));

        assertThat(whereabouts.nodesOf(List.of("bob"))).isEqualTo(Map.of("bob", Set.of(first)));
    }

    @Test
    void whatIsToldIsCountedAndWhatWaitsIsToo() throws InterruptedException {
        outbox.tell(toRoom(1));
        outbox.tell(toRoom(2));
        assertThat(outbox.waiting()).isEqualTo(2);
        assertThat(outbox.count()).isZero();
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(outbox.waiting()).isZero();
        assertThat(outbox.count()).isEqualTo(2);
    }

    @Test
    void whoIsAloneTellsNobody() throws InterruptedException {
        for (OneNode other : nodes.subList(1, 3)) {
            other.membership.leave();
            registry.forget(other.id());
        }
        beat(nodes.get(0));
        run();
        tell(toRoom(1));

        assertThat(entries(first)).isEmpty();
    }

    @Test
    void whatIsTooMuchIsOwed() throws InterruptedException {
        IntStream.rangeClosed(1, 10_001).forEach(i -> outbox.tell(new ClusterMessage.SessionEnded("s")));
        run();
        outbox.flush(Long.MAX_VALUE);

        assertThat(told(first)).hasSize(10_001);
        assertThat(told(first).get(0).news()).isEqualTo(new ClusterMessage.LookBack(now() - OLDEST));
    }

    @Test
    void whatWaitsIsToldBeforeItEnds() {
        outbox.tell(toRoom(1));
        outbox.close();
        outbox.run();

        assertThat(seqs(first)).containsExactly(1L);
    }
}
