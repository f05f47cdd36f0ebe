package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the list of nodes promises. */
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
    void aBeatSaysWhetherTheNodeWasAliveBefore() {
        assertThat(nodes.beat(one, "info", SHORT)).isFalse();
        await().until(() -> !nodes.beat(one, "info", SHORT));
        assertThat(nodes.beat(one, "info", LONG)).isIn(true, false);
        assertThat(nodes.beat(one, "info", LONG)).isTrue();
    }

    @Test
    void namesNodesAndWhetherTheyAreAlive() {
        nodes.beat(one, "info", LONG);
        nodes.name(one);
        nodes.beat(other, "info", SHORT);
        nodes.name(other);
        await().until(() -> !nodes.alive().get(other));
        assertThat(nodes.alive()).containsEntry(one, true).containsEntry(other, false);
    }

    @Test
    void whoIsNotNamedIsNotThere() {
        nodes.beat(one, "info", LONG);
        assertThat(nodes.alive()).doesNotContainKey(one);
    }

    @Test
    void aNodeThatIsForgottenIsNotThere() {
        nodes.beat(one, "info", LONG);
        nodes.name(one);
        nodes.forget(one);
        assertThat(nodes.alive()).doesNotContainKey(one);
        assertThat(nodes.beat(one, "info", LONG)).isFalse();
    }

    @Test
    void oneClearsUpAfterANodeAndAnotherWhenItsTimeIsOver() {
        assertThat(nodes.claim(other, one, LONG)).isTrue();
        assertThat(nodes.claim(other, "somebody", LONG)).isFalse();
        assertThat(nodes.claim(one, other, SHORT)).isTrue();
        await().until(() -> nodes.claim(one, "somebody", SHORT));
    }
}
