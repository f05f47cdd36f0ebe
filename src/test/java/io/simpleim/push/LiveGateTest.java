package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveGateTest {
    private static final Frame SMALL = Frame.ofText("event");
    private static final int ROOM_FOR = 3;
    private long now;
    private final LiveGate gate =
            new LiveGate(ROOM_FOR * (long) Samples.message("a", 1).size(), () -> now);
    private final List<Frame> live = new ArrayList<>();

    private Map<String, Long> open(Map<String, Long> sentUpTo) {
        return gate.open(sentUpTo, live::addAll);
    }

    /** Whether nothing is to be pushed now. */
    private boolean hold(Frame... frames) {
        return gate.pass(List.of(frames)).isEmpty();
    }

    @Test
    void whatIsHeldIsLetThroughInItsOrder() {
        List<Frame> pushed = List.of(Samples.message("a", 7), SMALL, Samples.message("b", 1));
        assertThat(pushed).allMatch(this::hold);
        assertThat(live).isEmpty();

        assertThat(open(Map.of())).isEmpty();
        assertThat(live).isEqualTo(pushed);
        assertThat(hold(SMALL)).as("the gate is open").isFalse();
    }

    @Test
    void whatWasSentMeanwhileIsDropped() {
        Frame next = Samples.message("a", 8);
        Frame other = Samples.message("b", 2);
        hold(Samples.message("a", 7), next, other);

        assertThat(open(Map.of("a", 7L, "c", 9L))).isEmpty();
        assertThat(live).containsExactly(next, other);
    }

    @Test
    void nothingHeldIsNothingToPush() {
        hold(Samples.message("a", 7));
        assertThat(gate.open(Map.of("a", 7L), frames -> live.add(SMALL))).isEmpty();

        assertThat(live).isEmpty();
    }

    @Test
    void whatIsTooMuchIsFetchedBeforeTheGateOpens() {
        hold(Samples.message("a", 7), Samples.message("b", 3), Samples.message("a", 8));
        hold(Samples.message("a", 9));
        assertThat(open(Map.of())).isEqualTo(Map.of("a", 7L, "b", 3L));
        assertThat(live).isEmpty();
        Frame later = Samples.message("a", 10);
        assertThat(hold(later)).as("it is still closed").isTrue();

        assertThat(open(Map.of("a", 9L, "b", 3L))).isEmpty();
        assertThat(live).containsExactly(later);
    }

    @Test
    void whatIsTooMuchTwiceIsFetchedFromItsFirstNumber() {
        for (long seq = 1; seq <= 4 * ROOM_FOR; seq++) {
            hold(Samples.message("a", seq));
        }

        assertThat(open(Map.of())).isEqualTo(Map.of("a", 1L));
    }

    /** A message was stored, found and sent before its push came: the client got it twice. */
    @Test
    void whatWasSentIsDroppedAfterTheGateHasOpenedToo() {
        Frame news = Samples.message("a", 9);
        open(Map.of("a", 8L));
        assertThat(gate.pass(List.of(Samples.message("a", 7), SMALL))).containsExactly(SMALL);
        assertThat(gate.isDone()).isFalse();
        assertThat(gate.pass(List.of(Samples.message("a", 8), news))).containsExactly(news);

        assertThat(gate.isDone()).isTrue();
    }

    @Test
    void afterSomeTimeNothingIsOnItsWayAnyMore() {
        open(Map.of("a", 8L));
        now = TimeUnit.SECONDS.toNanos(59);
        assertThat(gate.isDone()).isFalse();
        now = TimeUnit.SECONDS.toNanos(61);

        assertThat(gate.isDone()).isTrue();
    }

    @Test
    void itIsNeededWhileItIsClosed() {
        assertThat(gate.isDone()).isFalse();
        open(Map.of());

        assertThat(gate.isDone()).isTrue();
    }
}
