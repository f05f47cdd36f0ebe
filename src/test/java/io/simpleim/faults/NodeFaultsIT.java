package io.simpleim.faults;

import static io.simpleim.testing.Pushes.ask;
import static io.simpleim.testing.Pushes.messagesSoFar;
import static io.simpleim.testing.Pushes.nextMessage;
import static io.simpleim.testing.Pushes.nextSeqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.nodes.NodeGroup;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XTrimParams;

/**
 * Three servers under load share one MongoDB and one Redis, and some of these are killed, frozen or emptied. No
 * answered message is lost, no connection gets duplicates or disorder, and clients that stay connected receive
 * everything without any action of their own.
 */
@Timeout(180)
class NodeFaultsIT {
    private static final Logger log = LoggerFactory.getLogger(NodeFaultsIT.class);
    private static final int NODES = 3;
    private static final int ANSWERS = 100;
    private static final int LAST = NODES - 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FREEZE = Duration.ofSeconds(20);

    private static NodeGroup group;

    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch stop = new CountDownLatch(1);
    private List<CompletableFuture<Void>> sending = List.of();
    private ChatTraffic traffic;
    private long started;
    /** Whether a server may close connections as too slow. Their clients reconnect. */
    private boolean isSlowToAll;

    @BeforeAll
    static void startNodes() {
        group = NodeGroup.start(NODES);
    }

    @AfterAll
    static void stopNodes() {
        group.close();
    }

    /** Starts senders and listeners on all nodes. */
    @BeforeEach
    void begin(TestInfo test) {
        started = System.nanoTime();
        await().atMost(PATIENCE).until(() -> group.nodeIds().size() == NODES);
        traffic = new ChatTraffic(group.client(0), 1);
        traffic.connect(anywhere());
        sending = traffic.sendAnywhere(anywhere(), stop);
        traffic.awaitAnswers(ANSWERS);
    }

    @AfterEach
    void end(TestInfo test) {
        stop.countDown();
        traffic.disconnect();
        log.warn("{}: {} ms", test.getDisplayName(), (System.nanoTime() - started) / 1_000_000);
    }

    private Supplier<URI> anywhere() {
        return () -> group.base(next.getAndIncrement() % NODES);
    }

    /** All nodes but the last, which is the target of the fault. */
    private Supplier<URI> elsewhere() {
        return () -> group.base(next.getAndIncrement() % LAST);
    }

    /** Stops all senders, so that no later message reveals a missing one. */
    private void stopSending() {
        stop.countDown();
        ChatTraffic.awaitStopped(sending);
        traffic.retryUnansweredAnywhere(anywhere());
    }

    /** Checks that every connection has received everything, and that it receives new messages. */
    private void assertNothingLost() {
        stopSending();
        assertAllReceived();
        CountDownLatch stopAgain = new CountDownLatch(1);
        sending = traffic.sendAnywhere(anywhere(), stopAgain);
        traffic.awaitAnswers(ANSWERS);
        stopAgain.countDown();
        stopSending();
        assertAllReceived();
    }

    private void assertAllReceived() {
        try (StoredDocuments documents = new StoredDocuments(group.mongoAddress())) {
            StoreSnapshot snapshot = StoreSnapshot.of(documents, traffic.rooms());
            snapshot.assertHoldsExactly(traffic.ledger());
            if (isSlowToAll) {
                traffic.awaitReceived(snapshot, anywhere());
            } else {
                traffic.awaitReceived(snapshot);
            }
            traffic.assertStillConnected();
            traffic.assertNewestIsVisible(group.base(0), snapshot);
        } catch (AssertionError | RuntimeException e) {
            log.error("Output of the nodes:\n{}", group.output());
            throw e;
        }
    }

    @Test
    void survivesAKilledNode() {
        ImUser onlyThere = group.user(LAST);
        ImUser alsoElsewhere = group.user(LAST);
        onlyThere.listen();
        alsoElsewhere.listen();
        group.at(0, alsoElsewhere).listen();
        try (StoredDocuments documents = new StoredDocuments(group.mongoAddress())) {
            group.node(LAST).kill();
            await().atMost(PATIENCE).until(() -> traffic.disconnectedCount() > 0);
            traffic.reconnect(elsewhere());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(status(documents, onlyThere)).isZero());
            assertThat(status(documents, alsoElsewhere)).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> group.nodeIds().size() == LAST);
        }
        assertNothingLost();
        group.restart(LAST);
    }

    private static int status(StoredDocuments documents, ImUser user) {
        return documents
                .one("user", "user_id", user.id())
                .get("login_status", Number.class)
                .intValue();
    }

    /**
     * The other nodes declare it dead meanwhile. A client to which it was writing counts as too slow when the node
     * resumes, is closed with 4008 and reconnects; the others only notice a delay.
     */
    @Test
    void survivesANodeFrozenForTwentySeconds() {
        isSlowToAll = true;
        group.node(LAST).pause();
        long until = System.nanoTime() + FREEZE.toNanos();
        await().atMost(PATIENCE).until(() -> group.nodeIds().size() == LAST);
        await().atMost(PATIENCE).until(() -> System.nanoTime() > until);
        traffic.awaitAnswers(ANSWERS);
        group.node(LAST).resume();
        assertNothingLost();
        await().atMost(PATIENCE).until(() -> group.nodeIds().size() == NODES);
    }

    @Test
    void survivesARedisRestartWithItsData() {
        group.redis().kill();
        assertWorksWithoutRedis();
        group.redis().restart();
        assertNothingLost();
    }

    @Test
    void survivesAFrozenRedis() {
        group.redis().pause();
        assertWorksWithoutRedis();
        group.redis().resume();
        assertNothingLost();
    }

    @Test
    void survivesAFlushOfRedis() {
        try (RedisClient redis = group.openRedis()) {
            redis.flushAll();
        }
        traffic.awaitAnswers(ANSWERS);
        assertNothingLost();
        assertAllNodesAreKnown();
    }

    /** Ended sessions stay ended, since MongoDB records them. */
    @Test
    void survivesARedisRestartWithoutData() {
        ImUser ended = group.user(0);
        ImUser endedMeanwhile = group.user(0);
        ended.post("u/user/login_out");
        try (ImSocket elsewhere = group.at(1, endedMeanwhile).listen();
                RedisClient redis = group.openRedis()) {
            redis.flushAll();
            group.redis().kill();
            assertThat(endedMeanwhile.post("u/user/login_out").code()).isEqualTo(200);
            assertWorksWithoutRedis();
            group.redis().restart();
            assertThat(elsewhere.closeCode()).isEqualTo(4001);
        }
        assertNothingLost();
        for (ImUser user : List.of(ended, endedMeanwhile)) {
            for (int node = 0; node < NODES; node++) {
                assertThat(group.at(node, user).get("rm/room/get_room_list").error())
                        .isEqualTo("token_expired");
            }
        }
        assertAllNodesAreKnown();
    }

    private static void assertAllNodesAreKnown() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(group.nodeIds())
                        .containsExactlyInAnyOrder(IntStream.range(0, NODES)
                                .mapToObj(group::nodeId)
                                .toArray(String[]::new)));
    }

    /** Checks sending, pushes on the same node, history and sync. */
    private void assertWorksWithoutRedis() {
        traffic.awaitAnswers(ANSWERS);
        stopSending();
        ImUser anna = group.user(1);
        ImUser bert = group.user(1);
        try (ImSocket toBert = bert.listen()) {
            JsonObject sent = anna.write(bert.id(), "without Redis").data();
            assertThat(nextMessage(toBert).get("message_data").getAsString()).isEqualTo("without Redis");
            String roomId = sent.get("room_id").getAsString();
            assertThat(group.at(0, bert).history(roomId)).hasSize(1);
            JsonObject synced = ask(toBert, "op", "sync", "rooms", Map.of());
            assertThat(synced.getAsJsonObject("data").getAsJsonArray("rooms")).hasSize(1);
        }
    }

    /** The node reads too slowly: it is frozen, but too briefly to be declared dead. */
    @Test
    void survivesATrimmedNodeStream() {
        stopSending();
        ImUser anna = group.user(0);
        ImUser bert = group.user(LAST);
        try (ImSocket toBert = bert.listen();
                RedisClient redis = group.openRedis()) {
            anna.write(bert.id(), "before");
            assertThat(nextSeqs(toBert, 1)).containsExactly(1L);
            group.node(LAST).pause();
            long before = group.streamEntries(LAST);
            for (int i = 0; i < 5; i++) {
                anna.write(bert.id(), "while it is held up");
            }
            await().atMost(PATIENCE).until(() -> group.streamEntries(LAST) > before);
            await().atMost(PATIENCE).untilAsserted(() -> {
                redis.xtrim(group.streamOf(LAST), XTrimParams.xTrimParams().maxLen(0));
                assertThat(redis.xlen(group.streamOf(LAST))).isZero();
            });
            group.node(LAST).resume();
            assertThat(nextSeqs(toBert, 5)).containsExactly(2L, 3L, 4L, 5L, 6L);
            assertThat(messagesSoFar(toBert)).isEmpty();
        }
        assertNothingLost();
        assertThat(group.node(LAST).output()).contains("were dropped before they were read");
    }

    /** The counter is deleted too, and no later entry reveals the loss. */
    @Test
    void survivesADeletedNodeStream() {
        try (RedisClient redis = group.openRedis()) {
            redis.del(group.streamOf(LAST), group.streamOf(LAST).replace(":stream", ":count"));
        }
        traffic.awaitAnswers(ANSWERS);
        assertNothingLost();
        assertAllNodesAreKnown();
    }

    @Test
    void survivesNodeAndRedisKilledTogether() {
        group.node(LAST).kill();
        group.redis().kill();
        await().atMost(PATIENCE).until(() -> traffic.disconnectedCount() > 0);
        traffic.reconnect(elsewhere());
        assertWorksWithoutRedis();
        group.redis().restart();
        assertNothingLost();
        group.restart(LAST);
    }

    /** Clients move to another node and miss nothing. */
    @Test
    void survivesARollingRestart() {
        for (int node = 0; node < NODES; node++) {
            group.node(node).terminate();
            group.node(node).exitCode();
            int stopped = node;
            traffic.reconnect(() -> group.base((stopped + 1 + next.getAndIncrement() % LAST) % NODES));
            traffic.awaitAnswers(ANSWERS);
            group.restart(node);
            traffic.awaitAnswers(ANSWERS);
        }
        assertNothingLost();
    }
}
