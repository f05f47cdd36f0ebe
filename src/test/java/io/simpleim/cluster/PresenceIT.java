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

/** The users that are located on a node. */
class PresenceIT extends WithRedis {
    private static final int USERS = 5;

    private final Hub hub = new Hub();
    private final HeldTasks writer = new HeldTasks();
    private final List<String> moved = new ArrayList<>();
    private final AtomicInteger called = new AtomicInteger();
    private OneNode node;
    private Presence presence;

    @BeforeEach
    void join() {
        node = completeNodes(1).get(0);
        presence = presence(node);
    }

    private Presence presence(OneNode of) {
        return new Presence(hub, of.state, of.catchUps, locations, moved::addAll, writer);
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
        presence.update(userId, called::incrementAndGet);
        return connection;
    }

    private void go(Connection connection) {
        hub.remove(connection);
        presence.update(connection.userId(), called::incrementAndGet);
    }

    private Map<String, Set<String>> locationsOf(String... userIds) {
        return locations.nodesOf(List.of(userIds));
    }

    @Test
    void aLocationIsWrittenBeforeTheActionRuns() {
        hub.add(connection("ann"));
        presence.update("ann", () -> assertThat(locationsOf("ann")).isEqualTo(Map.of("ann", Set.of(node.id()))));
        writer.runAll();
        Connection bob = come("bob");
        writer.runAll();
        assertThat(locationsOf("ann", "bob")).containsOnlyKeys("ann", "bob");
        go(bob);
        writer.runAll();

        assertThat(locationsOf("ann", "bob")).containsOnlyKeys("ann");
        assertThat(locations.someUsersOf(node.id())).containsExactly("ann");
        assertThat(moved).containsExactly("ann", "bob", "bob");
        assertThat(called).hasValue(2);
    }

    @Test
    void usersWhoConnectAtOnceAreWrittenTogether() {
        IntStream.range(0, 100).forEach(i -> come("user" + i));
        assertThat(writer.waiting()).isEqualTo(1);
        writer.runAll();

        assertThat(called).hasValue(100);
        assertThat(locationsOf("user0", "user99")).hasSize(2);
    }

    @Test
    void aUserWhoHasDisconnectedMeanwhileIsNotLocated() {
        go(come("ann"));
        come("bob");
        writer.runAll();

        assertThat(locationsOf("ann", "bob")).containsOnlyKeys("bob");
        assertThat(called).hasValue(3);
    }

    @Test
    void aUserWithAnotherConnectionStaysLocated() {
        Connection first = come("ann");
        come("ann");
        writer.runAll();
        go(first);
        writer.runAll();

        assertThat(locationsOf("ann")).containsOnlyKeys("ann");
    }

    @Test
    void noClientWaitsForANodeThatIsNotKnownYet() {
        OneNode fresh = node();
        presence = presence(fresh);
        come("ann");
        writer.runAll();
        assertThat(called).hasValue(1);
        assertThat(moved).isEmpty();
        fresh.beat();
        presence.writeAll(() -> {});

        assertThat(locationsOf("ann")).isEqualTo(Map.of("ann", Set.of(fresh.id())));
        assertThat(moved).contains("ann");
    }

    @Test
    void noClientWaitsForARedisThatIsAwayAndAllLocationsAreWrittenWhenItIsBack() {
        Connection ann = come("ann");
        come("bob");
        writer.runAll();
        server.kill();
        go(ann);
        come("cid");
        writer.runAll();
        assertThat(called).hasValue(4);
        assertThat(node.isUnreachable()).isTrue();
        Connection dan = come("dan");
        writer.runAll();
        go(dan);
        writer.runAll();
        assertThat(called).hasValue(6);
        server.restart();
        Awaitility.await().ignoreExceptions().until(() -> {
            presence.writeAll(() -> {});
            return true;
        });

        assertThat(locationsOf("ann", "bob", "cid", "dan")).containsOnlyKeys("bob", "cid");
        assertThat(moved).contains("ann", "cid", "dan");
    }

    /**
     * Redis was back and all locations were written, but the node still counted as unreachable: a user who connected then was
     * not located until the next user connected or disconnected, and got nothing from other nodes meanwhile.
     */
    @Test
    void aUserWhoConnectsRightAfterAllWereWrittenIsLocatedBeforeTheCatchUp() {
        node.catchUps.reportLoss("a test");
        node.atWriteLocations = () -> {
            presence.writeAll(() -> {});
            come("ann");
            writer.runAll();
        };
        node.atWritePending = presence::writePending;
        node.atCatchUp = () -> assertThat(locationsOf("ann")).hasSize(1);
        beat(node);

        assertThat(node.catchUpsSince).hasSize(2);
        assertThat(called).hasValue(1);
        assertThat(locationsOf("ann")).isEqualTo(Map.of("ann", Set.of(node.id())));
    }

    /** Other nodes delete the locations under the old id. */
    @Test
    void allLocationsAreWrittenUnderTheCurrentIncarnation() {
        IntStream.range(0, 1100).forEach(i -> hub.add(connection("user" + i)));
        expire(node.id());
        beat(node);
        presence.writeAll(() -> {});

        assertThat(locationsOf(
                        IntStream.range(0, 1100).mapToObj(i -> "user" + i).toArray(String[]::new)))
                .hasSize(1100)
                .allSatisfy((userId, nodes) -> assertThat(nodes).containsExactly(node.id()));
        assertThat(moved).hasSize(1100);
    }

    @Test
    void anActionThatFailsDoesNotStopTheOthers() {
        hub.add(connection("ann"));
        presence.update("ann", () -> {
            throw new IllegalStateException("a defect");
        });
        come("bob");
        writer.runAll();

        assertThat(called).hasValue(1);
        assertThat(locationsOf("ann", "bob")).hasSize(2);
    }

    /** Users connect and disconnect on several threads, and now and then all locations are written. */
    @RepeatedTest(10)
    void theLastStateOfTheHubIsWritten(RepetitionInfo repetition) throws InterruptedException {
        long seed = 20_261_124L + repetition.getCurrentRepetition();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Presence racing = new Presence(hub, node.state, node.catchUps, locations, users -> {}, threads);
        Race.each(3, i -> {
            Random random = new Random(seed + 1000L * i);
            List<Connection> open = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                step(racing, random, open);
            }
        });
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        Collection<String> all =
                IntStream.range(0, USERS).mapToObj(i -> "user" + i).toList();
        assertThat(locations.nodesOf(all).keySet()).as("seed " + seed).isEqualTo(hub.userIds());
        assertThat(Set.copyOf(locations.someUsersOf(node.id())))
                .as("seed " + seed)
                .isEqualTo(hub.userIds());
        assertThat(called).as("seed " + seed).hasValue(180);
    }

    private void step(Presence racing, Random random, List<Connection> open) {
        if (random.nextInt(20) == 0) {
            racing.writeAll(() -> {});
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
        racing.update(moving.userId(), called::incrementAndGet);
    }
}
