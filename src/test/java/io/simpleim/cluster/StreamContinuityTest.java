package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamContinuityTest {
    private final StreamContinuity certainty = new StreamContinuity(100);

    @Test
    void aNodeThatBeginsHasHeardNothing() {
        assertThat(certainty.isLost()).isTrue();
        assertThat(certainty.isWhole()).isFalse();
        assertThat(certainty.since(200)).isEqualTo(100);
    }

    /** For a moment nothing seemed to be in doubt, and whoever asked then did not find what had been missed. */
    @Test
    void whatWasMissedIsInDoubtUntilItIsFound() {
        assertThat(certainty.regain(110)).isEqualTo(100);
        assertThat(certainty.isLost()).isFalse();
        assertThat(certainty.isWhole()).isFalse();
        assertThat(certainty.since(200)).isEqualTo(100);
        certainty.endToLook(100);
        certainty.heard(190);

        assertThat(certainty.isWhole()).isTrue();
        assertThat(certainty.since(200)).isEqualTo(190);
    }

    @Test
    void whatIsMissedCountsFromWhenAllWasWell() {
        certainty.heard(160);
        certainty.endToLook(certainty.regain(110));
        certainty.regain(120);
        assertThat(certainty.lose()).as("was sure").isTrue();
        assertThat(certainty.lose()).as("was sure").isFalse();

        assertThat(certainty.since(200)).isEqualTo(120);
        assertThat(certainty.regain(150)).isEqualTo(120);
        assertThat(certainty.regain(152)).isEqualTo(StreamContinuity.NEVER);
    }

    /** What was told and not read was lost with the stream, and looked for as if it had been read. */
    @Test
    void allIsWellNoLongerThanWhatWasToldHasBeenRead() {
        certainty.heard(105);
        certainty.endToLook(certainty.regain(140));
        certainty.deafen();
        assertThat(certainty.isDeaf()).isTrue();
        certainty.lose();

        assertThat(certainty.regain(150)).isEqualTo(105);
        certainty.heard(160);
        assertThat(certainty.isDeaf()).isFalse();
    }

    @Test
    void theEarliestOfWhatIsLookedForCounts() {
        certainty.heard(200);
        certainty.endToLook(certainty.regain(110));
        certainty.beginToLook(90);
        certainty.beginToLook(80);
        certainty.beginToLook(80);
        assertThat(certainty.since(200)).isEqualTo(80);
        certainty.endToLook(80);
        assertThat(certainty.since(200)).as("it is looked for twice").isEqualTo(80);
        certainty.endToLook(80);
        assertThat(certainty.since(200)).isEqualTo(90);
        certainty.endToLook(90);

        assertThat(certainty.isWhole()).isTrue();
    }
}
