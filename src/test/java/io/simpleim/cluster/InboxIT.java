package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.XTrimParams;

/** What a node hears, and how it knows that there was more. */
class InboxIT extends WithRedis {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<ClusterMessage> heard = new CopyOnWriteArrayList<>();
    private final List<Boolean> next = new CopyOnWriteArrayList<>();
    private OneNode node;
    private Inbox inbox;

    @BeforeEach
    void join() {
        node = sureNodes(1).get(0);
        inbox = new Inbox(node.membership, streams, this::handle, clock);
    }

    @AfterEach
    void close() {
        inbox.close();
        thread.shutdown();
    }

    private void handle(ClusterMessage news, boolean isNext) {
        if (news.equals(new ClusterMessage.SessionEnded("defect"))) {
            throw new IllegalStateException("a defect");
        }
        heard.add(news);
        next.add(isNext);
    }

    private void run() {
        thread.execute(inbox::run);
    }

    private void tell(String... sessions) {
        for (String session : sessions) {
            streams.tell(Map.of(
                    node.id(), List.of(ClusterMessageCodec.write(new ClusterMessage.SessionEnded(session), false))));
        }
    }

    private void awaitHeard(String... sessions) {
        List<ClusterMessage> expected = List.of(sessions).stream()
                .<ClusterMessage>map(ClusterMessage.SessionEnded::new)
                .toList();
        await().untilAsserted(() -> assertThat(heard).isEqualTo(expected));
    }

    private String stream() {
        return key(node.id()) + ":stream";
    }

    private void trim(int kept) {
        redis.xtrim(stream(), XTrimParams.xTrimParams().maxLen(kept));
    }

    @Test
    void newsAreHeardInTheirOrder() {
        tell("a", "b");
        run();
        awaitHeard("a", "b");
        tell("c");
        awaitHeard("a", "b", "c");

        assertThat(node.membership.isSure()).isTrue();
    }

    @Test
    void allOfAnEntryIsHeard() {
        String two = ClusterMessageCodec.write(new ClusterMessage.SessionEnded("a"), false)
                + ClusterMessageCodec.write(new ClusterMessage.SessionEnded("b"), false);
        streams.tell(Map.of(node.id(), List.of(two)));
        run();

        awaitHeard("a", "b");
    }

    @Test
    void whatWasDroppedBetweenShowsByTheNumbers() {
        tell("a", "b", "c", "d");
        trim(1);
        run();
        awaitHeard("d");

        assertThat(inbox.heard()).isEqualTo(1);
        assertThat(inbox.missed()).isEqualTo(3);
        assertThat(node.membership.isSure()).isFalse();
        beat(node);
        assertThat(node.lookBacks).hasSize(2);
    }

    @Test
    void whatWasDroppedShowsThoughNothingFollows() {
        tell("a", "b", "c");
        trim(0);
        run();
        await().until(() -> !node.membership.isSure());
        assertThat(inbox.missed()).isEqualTo(3);
        beat(node);
        node.found();
        tell("d");

        awaitHeard("d");
        assertThat(node.membership.isSure()).as("that was all").isTrue();
    }

    @Test
    void aStreamThatIsGoneLeadsToANewOne() {
        String before = node.id();
        tell("a");
        run();
        awaitHeard("a");
        streams.delete(before);
        await().until(node.membership::isUnsure);
        beat(node);
        assertThat(node.id()).isNotEqualTo(before);
        tell("b");

        awaitHeard("a", "b");
    }

    /**
     * A replica took the place of a master that was some entries ahead of it. What was told from then on had numbers that
     * the node had read already, so it heard nothing of it, and nothing showed that.
     */
    @Test
    void aStreamThatIsBehindWhatWasReadLeadsToANewOne() {
        String before = node.id();
        tell("a", "b", "c");
        run();
        awaitHeard("a", "b", "c");
        redis.del(stream());
        redis.set(key(before) + ":count", "1");
        tell("d");
        await().until(node.membership::isUnsure);
        beat(node);
        assertThat(node.id()).isNotEqualTo(before);
        tell("e");

        awaitHeard("a", "b", "c", "e");
        assertThat(node.membership.isSure()).isFalse();
    }

    @Test
    void itGoesOnWhereItWasWhenRedisIsBack() {
        tell("a");
        run();
        awaitHeard("a");
        server.kill();
        await().until(() -> !node.membership.isSure());
        server.restart();
        await().ignoreExceptions().until(() -> {
            tell("b");
            return true;
        });

        await().untilAsserted(() -> assertThat(heard).endsWith(new ClusterMessage.SessionEnded("b")));
        assertThat(heard).startsWith(new ClusterMessage.SessionEnded("a")).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeDealtWithIsLookedForAndTheRestIsHeard() {
        String two = ClusterMessageCodec.write(new ClusterMessage.SessionEnded("defect"), false)
                + ClusterMessageCodec.write(new ClusterMessage.SessionEnded("b"), false);
        streams.tell(Map.of(node.id(), List.of(two)));
        streams.tell(Map.of(node.id(), List.of("no JSON\n")));
        tell("c");
        run();

        awaitHeard("b", "c");
        assertThat(node.membership.isSure()).isFalse();
    }

    @Test
    void oneThatIsClosedEnds() {
        inbox.close();
        inbox.run();

        assertThat(heard).isEmpty();
        assertThat(next).isEmpty();
    }
}
