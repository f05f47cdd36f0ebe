package io.simpleim.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamContinuityTest {
    private final StreamContinuity continuity = new StreamContinuity(100);

    @Test
    void aNewNodeHasReadNothing() {
        assertThat(continuity.isBroken()).isTrue();
        assertThat(continuity.isComplete()).isFalse();
        assertThat(continuity.completeUntil(200)).isEqualTo(100);
    }

    /** For a moment nothing seemed to be missed, and a reader at that moment did not look for it. */
    @Test
    void theStateIsIncompleteUntilTheCatchUpHasFinished() {
        assertThat(continuity.restore(110)).isEqualTo(100);
        assertThat(continuity.isBroken()).isFalse();
        assertThat(continuity.isComplete()).isFalse();
        assertThat(continuity.completeUntil(200)).isEqualTo(100);
        continuity.finishCatchUp(100);
        continuity.readUpTo(190);

        assertThat(continuity.isComplete()).isTrue();
        assertThat(continuity.completeUntil(200)).isEqualTo(190);
    }

    @Test
    void messagesMayHaveBeenMissedSinceTheStreamWasIntact() {
        continuity.readUpTo(160);
        continuity.finishCatchUp(continuity.restore(110));
        continuity.restore(120);
        assertThat(continuity.breakOff()).as("was intact").isTrue();
        assertThat(continuity.breakOff()).as("was intact").isFalse();

        assertThat(continuity.completeUntil(200)).isEqualTo(120);
        assertThat(continuity.restore(150)).isEqualTo(120);
        assertThat(continuity.restore(152)).isEqualTo(StreamContinuity.NEVER);
    }

    /** Entries that were lost with the stream before they were read were treated as read. */
    @Test
    void theStreamIsIntactNoLongerThanItHasBeenRead() {
        continuity.readUpTo(105);
        continuity.finishCatchUp(continuity.restore(140));
        continuity.failToRead();
        assertThat(continuity.isUnreadable()).isTrue();
        continuity.breakOff();

        assertThat(continuity.restore(150)).isEqualTo(105);
        continuity.readUpTo(160);
        assertThat(continuity.isUnreadable()).isFalse();
    }

    @Test
    void theEarliestCatchUpCounts() {
        continuity.readUpTo(200);
        continuity.finishCatchUp(continuity.restore(110));
        continuity.startCatchUp(90);
        continuity.startCatchUp(80);
        continuity.startCatchUp(80);
        assertThat(continuity.completeUntil(200)).isEqualTo(80);
        continuity.finishCatchUp(80);
        assertThat(continuity.completeUntil(200)).as("there are two catch-ups").isEqualTo(80);
        continuity.finishCatchUp(80);
        assertThat(continuity.completeUntil(200)).isEqualTo(90);
        continuity.finishCatchUp(90);

        assertThat(continuity.isComplete()).isTrue();
    }
}
