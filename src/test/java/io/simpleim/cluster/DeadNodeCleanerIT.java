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
class DeadNodeCleanerIT extends WithRedis {
    private static final String DEAD = "dead";
    private static final Duration CLAIMED = Duration.ofSeconds(30);

    private final HeldTasks tasks = new HeldTasks();
    private final List<String> moved = new ArrayList<>();
    private OneNode node;
    private DeadNodeCleaner cleaner;

    @BeforeEach
    void die() {
        node = completeNodes(1).get(0);
        cleaner = new DeadNodeCleaner(node.membership, keys, moved::addAll, tasks);
        registry.appear(DEAD, "dead", Duration.ofMillis(1));
        streams.create(DEAD);
        streams.tell(Map.of(DEAD, List.of("text")));
        locations.note(DEAD, List.of("ann", "bob"), List.of());
        locations.note(node.id(), List.of("bob"), List.of());
    }

    private void assertNothingIsLeft() {
        assertThat(registry.alive()).containsOnlyKeys(node.id());
        assertThat(streams.last(DEAD)).isEmpty();
        assertThat(locations.someUsersOf(DEAD)).isEmpty();
        assertThat(redis.exists(key(DEAD) + ":stream")).isFalse();
    }

    @Test
    void theLocationsOfItsUsersAreDeleted() {
        cleaner.cleanUp(DEAD);
        tasks.runAll();

        assertThat(locations.nodesOf(List.of("ann", "bob"))).isEqualTo(Map.of("bob", Set.of(node.id())));
        assertThat(moved).containsExactlyInAnyOrder("ann", "bob");
        assertNothingIsLeft();
    }

    @Test
    void theLocationsOfManyUsersAreAllDeleted() {
        List<String> many = IntStream.range(0, 2000).mapToObj(i -> "user" + i).toList();
        locations.note(DEAD, many, List.of());
        cleaner.cleanUp(DEAD);
        tasks.runAll();

        assertThat(locations.nodesOf(many)).isEmpty();
        assertThat(moved).containsAll(many);
        assertNothingIsLeft();
    }

    @Test
    void onlyOneNodeCleansUp() {
        assertThat(registry.claim(DEAD, "another node", CLAIMED)).isTrue();
        cleaner.cleanUp(DEAD);
        tasks.runAll();

        assertThat(moved).isEmpty();
        assertThat(registry.alive()).containsKey(DEAD);
    }

    @Test
    void aSecondCallHasNoEffectWhileTheFirstIsInProgress() {
        cleaner.cleanUp(DEAD);
        cleaner.cleanUp(DEAD);
        assertThat(tasks.waiting()).isEqualTo(1);
        tasks.runAll();

        assertNothingIsLeft();
    }

    @Test
    void aFailedCleanUpIsDoneLater() {
        server.kill();
        cleaner.cleanUp(DEAD);
        tasks.runAll();
        assertThat(moved).isEmpty();
        server.restart();

        await().until(() -> {
            cleaner.cleanUp(DEAD);
            tasks.runAll();
            return !moved.isEmpty();
        });
        // The test's own connection has to be made again too.
        await().ignoreExceptions().untilAsserted(this::assertNothingIsLeft);
    }

    @Test
    void aNodeThatStopsCleansUpAfterItself() {
        cleaner.cleanUpNow(node.id());

        assertThat(registry.alive()).containsOnlyKeys(DEAD);
        assertThat(locations.nodesOf(List.of("bob"))).isEqualTo(Map.of("bob", Set.of(DEAD)));
        assertThat(moved).containsExactly("bob");
    }

    @Test
    void aNodeThatStopsWithoutRedisLeavesTheCleanUpToOthers() {
        server.kill();
        try {
            cleaner.cleanUpNow(node.id());
            assertThat(moved).isEmpty();
        } finally {
            server.restart();
        }
    }
}
