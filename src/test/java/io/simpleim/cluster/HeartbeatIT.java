package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.model.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that see each other come, go and die. */
class HeartbeatIT extends WithRedis {
    private static final int MARGIN = 10;
    private static final int MAX_DELAY_SECONDS = 60;
    private static final int ALIVE = 8;

    @Test
    void aNewNodeIsCompleteAfterThreeBeatsAndACatchUp() {
        OneNode node = node();
        beat(node);
        beat(node);
        assertThat(node.catchUpsSince).isEmpty();
        assertThat(node.reception).isEmpty();
        assertThat(node.isUnreachable()).isFalse();
        beat(node);

        assertThat(node.catchUpsSince).containsExactly(START - MARGIN);
        assertThat(node.reception).containsExactly(true);
        assertThat(node.isComplete()).as("the catch-up has not finished").isFalse();
        assertThat(node.coverage.since()).isEqualTo(START - MAX_DELAY_SECONDS);
        node.finishCatchUps();
        assertThat(node.isComplete()).isTrue();
        assertThat(node.coverage.since()).isEqualTo(now() - MAX_DELAY_SECONDS);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    @Test
    void allLocationsAreWrittenAtTheFirstBeatAndBeforeTheCatchUp() {
        OneNode node = node();
        node.atCatchUp = () -> assertThat(node.writtenAs).hasSize(2);
        beat(node);
        assertThat(node.writtenAs).containsExactly(node.id());
        beat(node);
        beat(node);
        beat(node);

        assertThat(node.catchUpsSince).hasSize(1);
        assertThat(node.writtenAs).containsExactly(node.id(), node.id());
    }

    @Test
    void aNodeThatCannotWriteLocationsIsNotComplete() {
        OneNode node = completeNodes(1).get(0);
        node.catchUps.reportLoss("a test");
        node.cannotWrite(true);
        beat(node);
        assertThat(node.isComplete()).isFalse();
        assertThat(node.reception).containsExactly(true, false);
        node.cannotWrite(false);
        beat(node);

        assertThat(node.reception).containsExactly(true, false, true);
    }

    @Test
    void aCatchUpIsRequestedThoughPendingLocationsCannotBeWritten() {
        OneNode node = completeNodes(1).get(0);
        node.catchUps.reportLoss("a test");
        node.atWritePending = () -> {
            throw new StoreUnavailableException("Redis", new IllegalStateException("out of reach"));
        };
        beat(node);
        assertThat(node.catchUpsSince).hasSize(2);
        node.finishCatchUps();
        assertThat(node.isComplete()).isFalse();
        node.atWritePending = () -> {};
        beat(node);

        assertThat(node.reception).containsExactly(true, false, true, false, true);
        assertThat(node.catchUpsSince).hasSize(3);
    }

    @Test
    void nodesSeeEachOther() {
        List<OneNode> nodes = completeNodes(3);
        OneNode one = nodes.get(0);

        assertThat(one.membership.others())
                .containsExactlyInAnyOrder(nodes.get(1).id(), nodes.get(2).id());
        assertThat(one.membership.isAlive(nodes.get(1).id())).isTrue();
        assertThat(one.membership.isAlive(one.id())).isTrue();
        assertThat(one.membership.isAlive("nobody")).isFalse();
        assertThat(one.membership.isAlone()).isFalse();
    }

    @Test
    void anOldViewIsRefreshedBeforeAMessageIsPublished() {
        OneNode one = completeNodes(1).get(0);
        assertThat(one.membership.isAlone()).isTrue();
        OneNode other = node();
        other.beat();
        assertThat(one.membership.others()).isEmpty();
        clock.advance(Duration.ofSeconds(4));

        assertThat(one.membership.isAlone()).isFalse();
        assertThat(one.membership.others()).containsExactly(other.id());
    }

    @Test
    void aNodeIsAloneWhenNoOtherHasBeenAliveForAMinute() {
        List<OneNode> nodes = completeNodes(2);
        OneNode one = nodes.get(0);
        assertThat(one.coverage.isAlone()).isFalse();
        leave(nodes.get(1));
        beat(one);
        assertThat(one.coverage.isAlone())
                .as("the other one has only just left")
                .isFalse();
        clock.advance(Duration.ofSeconds(MAX_DELAY_SECONDS));
        beat(one);
        assertThat(one.coverage.isAlone()).isTrue();
        one.catchUps.reportLoss("a test");

        assertThat(one.coverage.isAlone()).isFalse();
    }

    private void leave(OneNode node) {
        node.state.incarnation().leave();
        streams.delete(node.id());
        registry.forget(node.id());
    }

    @Test
    void aNodeWhoseKeyHasExpiredBeginsANewIncarnation() {
        OneNode node = completeNodes(1).get(0);
        String before = node.id();
        long intactAt = now();
        expire(before);
        beat(node);

        assertThat(node.id()).isNotEqualTo(before);
        assertThat(node.writtenAs).endsWith(node.id());
        assertThat(node.reception).containsExactly(true, false);
        assertThat(node.isUnreachable()).as("others can find it").isFalse();
        assertThat(streams.last(node.id())).hasValue(0);
        beat(node);
        beat(node);
        assertThat(node.catchUpsSince).containsExactly(START - MARGIN, intactAt - MARGIN);
        assertThat(node.reception).containsExactly(true, false, true);
    }

    @Test
    void anEarlierIncarnationIsCleanedUp() {
        OneNode node = completeNodes(1).get(0);
        String before = node.id();
        expire(before);
        beat(node);
        beat(node);

        assertThat(node.id()).isNotEqualTo(before);
        assertThat(node.dead).containsExactly(before);
    }

    /** One master of a Redis Cluster had lost the key of a user, who got nothing from other nodes until the next connect. */
    @Test
    void allLocationsAreWrittenAgainEveryFiveMinutes() {
        OneNode node = completeNodes(1).get(0);
        node.finishCatchUps();
        int before = node.writtenAs.size();
        for (int beats = 0; beats < 150; beats++) {
            registry.appear(node.id(), "alive", Duration.ofSeconds(ALIVE));
            beat(node);
        }

        assertThat(node.writtenAs).hasSize(before + 1);
        assertThat(node.catchUpsSince).hasSize(1);
    }

    @Test
    void aNodeWhoseStreamIsGoneBeginsANewIncarnation() {
        OneNode node = completeNodes(1).get(0);
        String before = node.id();
        node.state.incarnation().lose("an earlier incarnation");
        beat(node);
        assertThat(node.id()).isEqualTo(before);
        node.state.incarnation().lose(before);
        assertThat(node.isUnreachable()).isTrue();
        beat(node);

        assertThat(node.id()).isNotEqualTo(before);
        assertThat(node.isComplete()).isFalse();
    }

    @Test
    void aNodeCatchesUpOnceRedisIsBack() {
        OneNode node = completeNodes(1).get(0);
        String before = node.id();
        long intactAt = now();
        server.kill();
        beat(node);
        beat(node);
        assertThat(node.reception).containsExactly(true, false);
        assertThat(node.isUnreachable()).isTrue();
        assertThat(node.coverage.since()).isEqualTo(intactAt - MAX_DELAY_SECONDS);
        server.restart();
        await().until(() -> {
            node.beat();
            return node.catchUpsSince.size() == 2;
        });

        assertThat(node.id()).isEqualTo(before);
        assertThat(node.catchUpsSince).endsWith(intactAt - MARGIN);
        assertThat(node.reception).containsExactly(true, false, true);
    }

    @Test
    void anotherNodeIsDeadAfterTwoLooksAndACatchUpIsRequested() {
        List<OneNode> nodes = completeNodes(2);
        OneNode one = nodes.get(0);
        String other = nodes.get(1).id();
        long aliveAt = now();
        expire(other);
        beat(one);
        assertThat(one.dead).isEmpty();
        assertThat(one.membership.isAlive(other)).isFalse();
        beat(one);
        assertThat(one.dead).containsExactly(other);
        assertThat(one.catchUpsSince).endsWith(aliveAt - ALIVE - MARGIN).hasSize(2);
        assertThat(one.isComplete()).isFalse();
        beat(one);

        assertThat(one.dead).as("as long as it is named").containsExactly(other, other);
        assertThat(one.catchUpsSince).hasSize(2);
    }

    @Test
    void anotherNodeThatIsSeenAgainIsNotDead() {
        List<OneNode> nodes = completeNodes(2);
        OneNode one = nodes.get(0);
        String other = nodes.get(1).id();
        expire(other);
        beat(one);
        registry.appear(other, "alive", Duration.ofSeconds(ALIVE));
        beat(one);
        expire(other);
        beat(one);

        assertThat(one.dead).isEmpty();
    }

    @Test
    void aNodeThatWasNeverSeenAliveIsCleanedUpWithoutACatchUp() {
        OneNode one = completeNodes(1).get(0);
        registry.appear("long dead", "dead", Duration.ofMillis(1));
        await().until(() -> !registry.alive().get("long dead"));
        beat(one);
        beat(one);

        assertThat(one.dead).containsExactly("long dead");
        assertThat(one.catchUpsSince).hasSize(1);
    }

    /**
     * Nodes do not look at the same moment: one had found another one dead once, and before its second look a third one had
     * cleaned up and deleted the name. Messages that the dead node had stored but not published never arrived.
     */
    @Test
    void aCatchUpIsRequestedThoughAnotherNodeHasCleanedUp() {
        List<OneNode> nodes = completeNodes(2);
        OneNode one = nodes.get(0);
        String other = nodes.get(1).id();
        long aliveAt = now();
        expire(other);
        beat(one);
        registry.forget(other);
        beat(one);
        assertThat(one.catchUpsSince).endsWith(aliveAt - ALIVE - MARGIN).hasSize(2);
        beat(one);

        assertThat(one.catchUpsSince).hasSize(2);
    }

    /** It has published everything, and a catch-up is a lot of work. */
    @Test
    void noCatchUpIsRequestedWhenANodeLeavesInOrder() {
        List<OneNode> nodes = completeNodes(2);
        leave(nodes.get(1));
        OneNode one = nodes.get(0);
        beat(one);
        beat(one);

        assertThat(one.catchUpsSince).hasSize(1);
        assertThat(one.dead).isEmpty();
        assertThat(one.membership.others()).isEmpty();
    }
}
