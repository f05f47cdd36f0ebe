package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.Session;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import io.simpleim.testing.Race;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Who is noted on a node. */
class PresenceIT extends WithRedis {
    private static final int USERS = 5;

    private final Hub hub = new Hub();
    private final HeldTasks noting = new HeldTasks();
    private final List<String> moved = new ArrayList<>();
    private final AtomicInteger called = new AtomicInteger();
    private OneNode node;
    private Presence presence;

    @BeforeEach
    void join() {
        node = sureNodes(1).get(0);
        presence = presence(node);
    }

    private Presence presence(OneNode of) {
        return new Presence(hub, of.membership, whereabouts, moved::addAll, noting);
    }

    private static Connection connection(String userId) {
        return new Connection(
                new Session("s", userId, 0, 0),
                FakeTransport.inline(),
                new Connection.Limits(Long.MAX_VALUE, Long.MAX_VALUE),
                START,
                () -> 0,
                receipt -> {});
    }

    private Connection come(String userId) {
        Connection connection = connection(userId);
        hub.add(connection);
        presence.changed(userId, called::incrementAndGet);
        return connection;
    }

    private void go(Connection connection) {
        hub.remove(connection);
        presence.changed(connection.userId(), called::incrementAndGet);
    }

    private Map<String, Set<String>> noted(String... userIds) {
        return whereabouts.nodesOf(List.of(userIds));
    }

    @Test
    void whoComesAndGoesIsNotedBeforeItIsSaidToBe() {
        hub.add(connection("ann"));
        presence.changed("ann", () -> assertThat(noted("ann")).isEqualTo(Map.of("ann", Set.of(node.id()))));
        noting.runAll();
        Connection bob = come("bob");
        noting.runAll();
        assertThat(noted("ann", "bob")).containsOnlyKeys("ann", "bob");
        go(bob);
        noting.runAll();

        assertThat(noted("ann", "bob")).containsOnlyKeys("ann");
        assertThat(whereabouts.someUsersOf(node.id())).containsExactly("ann");
        assertThat(moved).containsExactly("ann", "bob", "bob");
        assertThat(called).hasValue(2);
    }

    @Test
    void thoseWhoComeAtOnceAreNotedAtOnce() {
        IntStream.range(0, 100).forEach(i -> come("user" + i));
        assertThat(noting.waiting()).isEqualTo(1);
        noting.runAll();

        assertThat(called).hasValue(100);
        assertThat(noted("user0", "user99")).hasSize(2);
    }

    @Test
    void whoHasGoneMeanwhileIsNotNoted() {
        go(come("ann"));
        come("bob");
        noting.runAll();

        assertThat(noted("ann", "bob")).containsOnlyKeys("bob");
        assertThat(called).hasValue(3);
    }

    @Test
    void whoHasAnotherConnectionStays() {
        Connection first = come("ann");
        come("ann");
        noting.runAll();
        go(first);
        noting.runAll();

        assertThat(noted("ann")).containsOnlyKeys("ann");
    }

    @Test
    void nobodyWaitsForANodeThatIsNotKnownYet() {
        OneNode fresh = node();
        presence = presence(fresh);
        come("ann");
        noting.runAll();
        assertThat(called).hasValue(1);
        assertThat(moved).isEmpty();
        fresh.membership.beat();
        presence.noteAll(() -> {});

        assertThat(noted("ann")).isEqualTo(Map.of("ann", Set.of(fresh.id())));
        assertThat(moved).contains("ann");
    }

    @Test
    void nobodyWaitsForARedisThatIsAwayAndAllAreNotedWhenItIsBack() {
        Connection ann = come("ann");
        come("bob");
        noting.runAll();
        server.kill();
        go(ann);
        come("cid");
        noting.runAll();
        assertThat(called).hasValue(4);
        assertThat(node.membership.isUnsure()).isTrue();
        Connection dan = come("dan");
        noting.runAll();
        go(dan);
        noting.runAll();
        assertThat(called).hasValue(6);
        server.restart();
        Awaitility.await().ignoreExceptions().until(() -> {
            presence.noteAll(() -> {});
            return true;
        });

        assertThat(noted("ann", "bob", "cid", "dan")).containsOnlyKeys("bob", "cid");
        assertThat(moved).contains("ann", "cid", "dan");
    }

    /**
     * Redis was back and all were noted, but the node did not know yet that it was: one who came then was put off until
     * the next user came or went, and was not told of anything meanwhile.
     */
    @Test
    void whoComesRightAfterAllWereNotedIsNotedBeforeAnythingIsLookedFor() {
        node.membership.unsure("a test");
        node.atNoteAll = () -> {
            presence.noteAll(() -> {});
            come("ann");
            noting.runAll();
        };
        node.atNoteRest = presence::noteRest;
        node.atLookBack = () -> assertThat(noted("ann")).hasSize(1);
        beat(node);

        assertThat(node.lookBacks).hasSize(2);
        assertThat(called).hasValue(1);
        assertThat(noted("ann")).isEqualTo(Map.of("ann", Set.of(node.id())));
    }

    /** Under its new id; what was noted under the old one others take back. */
    @Test
    void allAreNotedUnderTheIdThatTheNodeHasNow() {
        IntStream.range(0, 1100).forEach(i -> hub.add(connection("user" + i)));
        expire(node.id());
        beat(node);
        presence.noteAll(() -> {});

        assertThat(noted(IntStream.range(0, 1100).mapToObj(i -> "user" + i).toArray(String[]::new)))
                .hasSize(1100)
                .allSatisfy((userId, nodes) -> assertThat(nodes).containsExactly(node.id()));
        assertThat(moved).hasSize(1100);
    }

    @Test
    void whatFollowsIsDoneForAllThoughItFailsForOne() {
        hub.add(connection("ann"));
        presence.changed("ann", () -> {
            throw new IllegalStateException("a defect");
        });
        come("bob");
        noting.runAll();

        assertThat(called).hasValue(1);
        assertThat(noted("ann", "bob")).hasSize(2);
    }

    /** Connections that come and go on all threads, and all that is noted now and then. */
    @RepeatedTest(10)
    void theHubsLastWordIsNoted(RepetitionInfo repetition) throws InterruptedException {
        long seed = 20_261_124L + repetition.getCurrentRepetition();
        ExecutorService writer = Executors.newFixedThreadPool(2);
        Presence racing = new Presence(hub, node.membership, whereabouts, users -> {}, writer);
        Race.each(3, i -> {
            Random random = new Random(seed + 1000L * i);
            List<Connection> open = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                step(racing, random, open);
            }
        });
        writer.shutdown();
        assertThat(writer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        Collection<String> all =
                IntStream.range(0, USERS).mapToObj(i -> "user" + i).toList();
        assertThat(whereabouts.nodesOf(all).keySet()).as("seed " + seed).isEqualTo(hub.userIds());
        assertThat(Set.copyOf(whereabouts.someUsersOf(node.id())))
                .as("seed " + seed)
                .isEqualTo(hub.userIds());
        assertThat(called).as("seed " + seed).hasValue(180);
    }

    private void step(Presence racing, Random random, List<Connection> open) {
        if (random.nextInt(20) == 0) {
            racing.noteAll(() -> {});
        }
        Connection moving;
        if (open.isEmpty() || random.nextBoolean()) {
            moving = connection("user" + random.nextInt(USERS));
            hub.add(moving);
            open.add(moving);
        } else {
            moving = open.remove(random.nextInt(open.size()));
            hub.remove(moving);
        }
        racing.changed(moving.userId(), called::incrementAndGet);
    }
}
