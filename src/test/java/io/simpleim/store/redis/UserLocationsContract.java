package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the user locations. */
abstract class UserLocationsContract extends RedisContract {
    private final String node = unique + "-1";
    private final String otherNode = unique + "-2";
    private final String ann = unique + "-ann";
    private final String bob = unique + "-bob";
    private UserLocations whereabouts;

    @BeforeEach
    void whereabouts() {
        whereabouts = new UserLocations(store);
    }

    @Test
    void knowsTheNodesOfAUser() {
        whereabouts.note(node, List.of(ann, bob), List.of());
        whereabouts.note(otherNode, List.of(ann), List.of());
        assertThat(whereabouts.nodesOf(List.of(ann, bob, ann, unique + "-nobody")))
                .isEqualTo(Map.of(ann, Set.of(node, otherNode), bob, Set.of(node)));

        whereabouts.note(node, List.of(), List.of(ann, bob));
        assertThat(whereabouts.nodesOf(List.of(ann, bob))).isEqualTo(Map.of(ann, Set.of(otherNode)));
        whereabouts.note(otherNode, List.of(), List.of(ann));
    }

    @Test
    void connectedAndDisconnectedUsersAreRecorded() {
        whereabouts.note(node, List.of(ann), List.of());
        whereabouts.note(node, List.of(bob), List.of(ann));
        assertThat(whereabouts.nodesOf(List.of(ann, bob))).isEqualTo(Map.of(bob, Set.of(node)));
        assertThat(whereabouts.someUsersOf(node)).containsExactly(bob);
        whereabouts.note(node, List.of(), List.of(bob));
    }

    @Test
    void nobodyIsNoError() {
        whereabouts.note(node, List.of(), List.of());
        assertThat(whereabouts.nodesOf(List.of())).isEmpty();
        assertThat(whereabouts.someUsersOf(node)).isEmpty();
    }

    /** More than one page of users, on all masters of a cluster. */
    @Test
    void usersOfANodeAreReadInPages() {
        List<String> users =
                IntStream.range(0, 2000).mapToObj(i -> unique + "-" + i).toList();
        whereabouts.note(node, users, List.of());
        Set<String> found = new HashSet<>();
        List<String> some = whereabouts.someUsersOf(node);
        while (!some.isEmpty()) {
            assertThat(found).doesNotContainAnyElementsOf(some);
            found.addAll(some);
            whereabouts.note(node, List.of(), some);
            some = whereabouts.someUsersOf(node);
        }
        assertThat(found).hasSameElementsAs(users);
        assertThat(whereabouts.nodesOf(users)).isEmpty();
    }
}
