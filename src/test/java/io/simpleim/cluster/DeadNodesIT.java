package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.HeldTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a node that has died. */
class DeadNodesIT extends WithRedis {
    private static final String DEAD = "dead";
    private static final Duration CLAIMED = Duration.ofSeconds(30);

    private final HeldTasks tasks = new HeldTasks();
    private final List<String> moved = new ArrayList<>();
    private OneNode node;
    private DeadNodes deadNodes;

    @BeforeEach
    void die() {
        node = sureNodes(1).get(0);
        deadNodes = new DeadNodes(node.membership, registry, whereabouts, streams, moved::addAll, tasks);
        registry.appear(DEAD, "dead", Duration.ofMillis(1));
        streams.create(DEAD);
        streams.tell(Map.of(DEAD, List.of("news")));
        whereabouts.note(DEAD, List.of("ann", "bob"), List.of());
        whereabouts.note(node.id(), List.of("bob"), List.of());
    }

    private void assertNothingIsLeft() {
        assertThat(registry.alive()).containsOnlyKeys(node.id());
        assertThat(streams.last(DEAD)).isEmpty();
        assertThat(whereabouts.someUsersOf(DEAD)).isEmpty();
        assertThat(redis.exists(key(DEAD) + ":stream")).isFalse();
    }

    @Test
    void itsUsersAreNotConnectedToItAnyMore() {
        deadNodes.clearUp(DEAD);
        tasks.runAll();

        assertThat(whereabouts.nodesOf(List.of("ann", "bob"))).isEqualTo(Map.of("bob", Set.of(node.id())));
        assertThat(moved).containsExactlyInAnyOrder("ann", "bob");
        assertNothingIsLeft();
    }

    @Test
    void allOfVeryManyUsersAreTakenBack() {
        List<String> many = IntStream.range(0, 2000).mapToObj(i -> "user" + i).toList();
        whereabouts.note(DEAD, many, List.of());
        deadNodes.clearUp(DEAD);
        tasks.runAll();

        assertThat(whereabouts.nodesOf(many)).isEmpty();
        assertThat(moved).containsAll(many);
        assertNothingIsLeft();
    }

    @Test
    void oneOfSeveralClearsUp() {
        assertThat(registry.claim(DEAD, "another node", CLAIMED)).isTrue();
        deadNodes.clearUp(DEAD);
        tasks.runAll();

        assertThat(moved).isEmpty();
        assertThat(registry.alive()).containsKey(DEAD);
    }

    @Test
    void itIsClearedUpAfterOnceThoughItIsSaidToBeDeadAgain() {
        deadNodes.clearUp(DEAD);
        deadNodes.clearUp(DEAD);
        assertThat(tasks.waiting()).isEqualTo(1);
        tasks.runAll();

        assertNothingIsLeft();
    }

    @Test
    void whatRedisKeepsFromBeingDoneIsDoneLater() {
        server.kill();
        deadNodes.clearUp(DEAD);
        tasks.runAll();
        assertThat(moved).isEmpty();
        server.restart();

        await().until(() -> {
            deadNodes.clearUp(DEAD);
            tasks.runAll();
            return !moved.isEmpty();
        });
        // The test's own connection has to be made again too.
        await().ignoreExceptions().untilAsserted(this::assertNothingIsLeft);
    }

    @Test
    void aNodeThatStopsClearsUpAfterItself() {
        deadNodes.clearUpNow(node.id());

        assertThat(registry.alive()).containsOnlyKeys(DEAD);
        assertThat(whereabouts.nodesOf(List.of("bob"))).isEqualTo(Map.of("bob", Set.of(DEAD)));
        assertThat(moved).containsExactly("bob");
    }

    @Test
    void aNodeThatStopsWithoutRedisLeavesItToOthers() {
        server.kill();
        try {
            deadNodes.clearUpNow(node.id());
            assertThat(moved).isEmpty();
        } finally {
            server.restart();
        }
    }
}
