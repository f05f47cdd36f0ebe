package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveGateTest {
    private static final Frame SMALL = Frame.ofText("event");
    private static final int ROOM_FOR = 3;
    private final LiveGate gate =
            new LiveGate(ROOM_FOR * (long) Samples.message("a", 1).size());
    private final List<Frame> live = new ArrayList<>();

    private Map<StreamKey, Long> open() {
        return gate.tryOpen(live::addAll);
    }

    /** Whether the gate has taken the frames. */
    private boolean hold(Frame... frames) {
        return gate.admit(List.of(frames)).isEmpty();
    }

    @Test
    void heldFramesPassInOrder() {
        List<Frame> pushed = List.of(Samples.message("a", 7), SMALL, Samples.message("b", 1));
        assertThat(pushed).allMatch(this::hold);
        assertThat(live).isEmpty();

        assertThat(open()).isEmpty();
        assertThat(live).isEqualTo(pushed);
        assertThat(hold(SMALL)).as("the gate is open").isFalse();
    }

    @Test
    void anEmptyGatePushesNothing() {
        gate.tryOpen(frames -> live.add(SMALL));

        assertThat(live).isEmpty();
    }

    @Test
    void droppedFramesAreFetchedBeforeTheGateOpens() {
        hold(Samples.message("a", 7), Samples.message("b", 3), Samples.message("a", 8));
        hold(Samples.message("a", 9));
        assertThat(open()).isEqualTo(Map.of(StreamKey.ofMessages("a"), 7L, StreamKey.ofMessages("b"), 3L));
        assertThat(live).isEmpty();
        Frame later = Samples.message("a", 10);
        assertThat(hold(later)).as("it is still closed").isTrue();

        assertThat(open()).isEmpty();
        assertThat(live).containsExactly(later);
    }

    @Test
    void framesThatAreDroppedTwiceAreFetchedFromTheFirstNumber() {
        for (long seq = 1; seq <= 4 * ROOM_FOR; seq++) {
            hold(Samples.message("a", seq));
        }

        assertThat(open()).isEqualTo(Map.of(StreamKey.ofMessages("a"), 1L));
    }

    @Test
    void itStaysClosedWhileFramesAreMissing() {
        assertThat(gate.isOpen()).isFalse();
        hold(Samples.message("a", 1), Samples.message("a", 2), Samples.message("a", 3), Samples.message("a", 4));
        open();
        assertThat(gate.isOpen()).as("something was missed").isFalse();
        open();

        assertThat(gate.isOpen()).isTrue();
    }
}
