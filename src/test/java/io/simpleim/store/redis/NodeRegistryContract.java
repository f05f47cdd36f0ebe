package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the node registry. */
abstract class NodeRegistryContract extends RedisContract {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final String one = unique + "-1";
    private final String other = unique + "-2";
    private NodeRegistry nodes;

    @BeforeEach
    void nodes() {
        nodes = new NodeRegistry(store);
    }

    @AfterEach
    void forget() {
        nodes.forget(one);
        nodes.forget(other);
    }

    @Test
    void aBeatReportsWhetherTheNodeIsAliveAndRevivesNoDeadNode() {
        assertThat(nodes.beat(one, "info", LONG)).isFalse();
        assertThat(nodes.beat(one, "info", LONG)).isFalse();
        nodes.appear(one, "info", LONG);
        assertThat(nodes.beat(one, "info", SHORT)).isTrue();
        await().until(() -> !nodes.alive().get(one));
        assertThat(nodes.beat(one, "info", LONG)).isFalse();
    }

    @Test
    void namesNodesAndWhetherTheyAreAlive() {
        nodes.appear(one, "info", LONG);
        nodes.appear(other, "info", SHORT);
        await().until(() -> !nodes.alive().get(other));
        assertThat(nodes.alive()).containsEntry(one, true).containsEntry(other, false);
    }

    @Test
    void unlistedNodesAreNotReturned() {
        nodes.beat(one, "info", LONG);
        assertThat(nodes.alive()).doesNotContainKey(one);
    }

    @Test
    void aNodeThatIsForgottenIsNotThere() {
        nodes.appear(one, "info", LONG);
        nodes.forget(one);
        assertThat(nodes.alive()).doesNotContainKey(one);
        assertThat(nodes.beat(one, "info", LONG)).isFalse();
    }

    @Test
    void oneNodeClaimsACleanupUntilTheClaimExpires() {
        assertThat(nodes.claim(other, one, LONG)).isTrue();
        assertThat(nodes.claim(other, "somebody", LONG)).isFalse();
        assertThat(nodes.claim(one, other, SHORT)).isTrue();
        await().until(() -> nodes.claim(one, "somebody", SHORT));
    }
}
