package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.model.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that see each other come, go and die. */
class NodeMembershipIT extends WithRedis {
    private static final int MARGIN = 10;
    private static final int LATEST = 60;
    private static final int ALIVE = 8;

    @Test
    void aNodeThatBeginsIsSureAfterThreeBeatsAndLooksForWhatWasStoredSince() {
        OneNode node = node();
        beat(node);
        beat(node);
        assertThat(node.lookBacks).isEmpty();
        assertThat(node.hearing).isEmpty();
        assertThat(node.membership.isUnsure()).isFalse();
        beat(node);

        assertThat(node.lookBacks).containsExactly(START - MARGIN);
        assertThat(node.hearing).containsExactly(true);
        assertThat(node.membership.isSure()).as("it has not found anything yet").isFalse();
        assertThat(node.membership.since()).isEqualTo(START - LATEST);
        node.found();
        assertThat(node.membership.isSure()).isTrue();
        assertThat(node.membership.since()).isEqualTo(now() - LATEST);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    @Test
    void allAreNotedAtTheFirstBeatAndOnceMoreBeforeItLooks() {
        OneNode node = node();
        node.atLookBack = () -> assertThat(node.notedAll).hasSize(2);
        beat(node);
        assertThat(node.notedAll).containsExactly(node.id());
        beat(node);
        beat(node);
        beat(node);

        assertThat(node.lookBacks).hasSize(1);
        assertThat(node.notedAll).containsExactly(node.id(), node.id());
    }

    @Test
    void aNodeThatCannotNoteItsUsersIsNotSure() {
        OneNode node = sureNodes(1).get(0);
        node.membership.unsure("a test");
        node.cannotNote(true);
        beat(node);
        assertThat(node.membership.isSure()).isFalse();
        assertThat(node.hearing).containsExactly(true, false);
        node.cannotNote(false);
        beat(node);

        assertThat(node.hearing).containsExactly(true, false, true);
    }

    @Test
    void whatWasMissedIsLookedForThoughTheRestCannotBeNoted() {
        OneNode node = sureNodes(1).get(0);
        node.membership.unsure("a test");
        node.atNoteRest = () -> {
            throw new StoreUnavailableException("Redis", new IllegalStateException("out of reach"));
        };
        beat(node);
        assertThat(node.lookBacks).hasSize(2);
        node.found();
        assertThat(node.membership.isSure()).isFalse();
        node.atNoteRest = () -> {};
        beat(node);

        assertThat(node.hearing).containsExactly(true, false, true, false, true);
        assertThat(node.lookBacks).hasSize(3);
    }

    @Test
    void nodesSeeEachOther() {
        List<OneNode> nodes = sureNodes(3);
        OneNode one = nodes.get(0);

        assertThat(one.membership.others())
                .containsExactlyInAnyOrder(nodes.get(1).id(), nodes.get(2).id());
        assertThat(one.membership.isAlive(nodes.get(1).id())).isTrue();
        assertThat(one.membership.isAlive(one.id())).isTrue();
        assertThat(one.membership.isAlive("nobody")).isFalse();
        assertThat(one.membership.hasNobodyToTell()).isFalse();
    }

    @Test
    void whoHasNotLookedLatelyLooksAgainBeforeItTells() {
        OneNode one = sureNodes(1).get(0);
        assertThat(one.membership.hasNobodyToTell()).isTrue();
        OneNode other = node();
        other.membership.beat();
        assertThat(one.membership.others()).isEmpty();
        clock.advance(Duration.ofSeconds(4));

        assertThat(one.membership.hasNobodyToTell()).isFalse();
        assertThat(one.membership.others()).containsExactly(other.id());
    }

    @Test
    void aNodeIsAloneWhenNoOtherHasBeenAliveForSomeTime() {
        List<OneNode> nodes = sureNodes(2);
        OneNode one = nodes.get(0);
        assertThat(one.membership.isAlone()).isFalse();
        leave(nodes.get(1));
        beat(one);
        assertThat(one.membership.isAlone()).as("it has left just now").isFalse();
        clock.advance(Duration.ofSeconds(LATEST));
        beat(one);
        assertThat(one.membership.isAlone()).isTrue();
        one.membership.unsure("a test");

        assertThat(one.membership.isAlone()).isFalse();
    }

    private void leave(OneNode node) {
        node.membership.leave();
        streams.delete(node.id());
        registry.forget(node.id());
    }

    @Test
    void aNodeWhoseKeyHasExpiredBeginsAnew() {
        OneNode node = sureNodes(1).get(0);
        String before = node.id();
        long wellAt = now();
        expire(before);
        beat(node);

        assertThat(node.id()).isNotEqualTo(before);
        assertThat(node.notedAll).endsWith(node.id());
        assertThat(node.hearing).containsExactly(true, false);
        assertThat(node.membership.isUnsure()).as("it may be found").isFalse();
        assertThat(streams.last(node.id())).hasValue(0);
        beat(node);
        beat(node);
        assertThat(node.lookBacks).containsExactly(START - MARGIN, wellAt - MARGIN);
        assertThat(node.hearing).containsExactly(true, false, true);
    }

    @Test
    void whatANodeWasBeforeIsClearedUpAfter() {
        OneNode node = sureNodes(1).get(0);
        String before = node.id();
        expire(before);
        beat(node);
        beat(node);

        assertThat(node.id()).isNotEqualTo(before);
        assertThat(node.dead).containsExactly(before);
    }

    /** One of a cluster's masters had lost a user's key, and the user was told nothing until it moved. */
    @Test
    void allAreNotedAnewEveryFiveMinutes() {
        OneNode node = sureNodes(1).get(0);
        node.found();
        int before = node.notedAll.size();
        for (int beats = 0; beats < 150; beats++) {
            registry.appear(node.id(), "alive", Duration.ofSeconds(ALIVE));
            beat(node);
        }

        assertThat(node.notedAll).hasSize(before + 1);
        assertThat(node.lookBacks).hasSize(1);
    }

    @Test
    void aNodeWhoseStreamIsGoneBeginsAnew() {
        OneNode node = sureNodes(1).get(0);
        String before = node.id();
        node.membership.lost("one that it was long ago");
        beat(node);
        assertThat(node.id()).isEqualTo(before);
        node.membership.lost(before);
        assertThat(node.membership.isUnsure()).isTrue();
        beat(node);

        assertThat(node.id()).isNotEqualTo(before);
        assertThat(node.membership.isSure()).isFalse();
    }

    @Test
    void aNodeWithoutRedisLooksOnceThatIsBackForWhatWasStoredSinceAllWasWell() {
        OneNode node = sureNodes(1).get(0);
        String before = node.id();
        long wellAt = now();
        server.kill();
        beat(node);
        beat(node);
        assertThat(node.hearing).containsExactly(true, false);
        assertThat(node.membership.isUnsure()).isTrue();
        assertThat(node.membership.since()).isEqualTo(wellAt - LATEST);
        server.restart();
        await().until(() -> {
            node.membership.beat();
            return node.lookBacks.size() == 2;
        });

        assertThat(node.id()).isEqualTo(before);
        assertThat(node.lookBacks).endsWith(wellAt - MARGIN);
        assertThat(node.hearing).containsExactly(true, false, true);
    }

    @Test
    void anotherNodeIsDeadAfterTwoLooksAndWhatItMayNotHaveToldIsLookedFor() {
        List<OneNode> nodes = sureNodes(2);
        OneNode one = nodes.get(0);
        String other = nodes.get(1).id();
        long aliveAt = now();
        expire(other);
        beat(one);
        assertThat(one.dead).isEmpty();
        assertThat(one.membership.isAlive(other)).isFalse();
        beat(one);
        assertThat(one.dead).containsExactly(other);
        assertThat(one.lookBacks).endsWith(aliveAt - ALIVE - MARGIN).hasSize(2);
        assertThat(one.membership.isSure()).isFalse();
        beat(one);

        assertThat(one.dead).as("until nobody names it any more").containsExactly(other, other);
        assertThat(one.lookBacks).hasSize(2);
    }

    @Test
    void anotherNodeThatIsSeenAgainIsNotDead() {
        List<OneNode> nodes = sureNodes(2);
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
    void oneThatWasNeverSeenAliveIsClearedUpAfterAndNothingIsLookedFor() {
        OneNode one = sureNodes(1).get(0);
        registry.appear("long dead", "dead", Duration.ofMillis(1));
        await().until(() -> !registry.alive().get("long dead"));
        beat(one);
        beat(one);

        assertThat(one.dead).containsExactly("long dead");
        assertThat(one.lookBacks).hasSize(1);
    }

    /**
     * Nodes do not look at the same moment: one had found another one dead once, and before it looked the second time a
     * third one had cleared up and taken its name away. What the dead one had stored and told nobody of never came.
     */
    @Test
    void whatAnotherNodeHasNotToldIsLookedForAlsoWhenSomebodyElseHasClearedUpAfterIt() {
        List<OneNode> nodes = sureNodes(2);
        OneNode one = nodes.get(0);
        String other = nodes.get(1).id();
        long aliveAt = now();
        expire(other);
        beat(one);
        registry.forget(other);
        beat(one);
        assertThat(one.lookBacks).endsWith(aliveAt - ALIVE - MARGIN).hasSize(2);
        beat(one);

        assertThat(one.lookBacks).hasSize(2);
    }

    /** It has told all that it had to tell, and looking is a lot of work. */
    @Test
    void nothingIsLookedForWhenANodeLeavesInOrder() {
        List<OneNode> nodes = sureNodes(2);
        leave(nodes.get(1));
        OneNode one = nodes.get(0);
        beat(one);
        beat(one);

        assertThat(one.lookBacks).hasSize(1);
        assertThat(one.dead).isEmpty();
        assertThat(one.membership.others()).isEmpty();
    }
}
