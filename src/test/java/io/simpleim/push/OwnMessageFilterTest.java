package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnMessageFilterTest {
    private static final int MAX_IDS = 256;

    private final OwnMessageFilter own = new OwnMessageFilter();

    private static Frame late(long seq) {
        return Frame.ofLateMessage(Samples.push(Samples.ROOM, seq));
    }

    private List<Boolean> areSent(Frame... frames) {
        return own.apply(List.of(frames)).stream()
                .map(frame -> !frame.isPlaceholder())
                .toList();
    }

    @Test
    void ownLateMessagesDoNotComeBack() {
        own.add("id2");

        assertThat(areSent(late(1), late(2), late(3))).containsExactly(true, false, true);
    }

    @Test
    void anOwnMessageKeepsItsPlace() {
        own.add("id1");

        assertThat(own.apply(List.of(late(1))))
                .singleElement()
                .satisfies(frame -> assertThat(frame.place()).isEqualTo(new Place(Samples.STREAM, 1, 1)));
    }

    @Test
    void aMessageThatHasTakenItsPlaceIsForgotten() {
        own.add("id1");
        own.apply(List.of(Samples.message(Samples.ROOM, 1).placeholder()));

        assertThat(own.contains("id1")).isFalse();
    }

    @Test
    void messagesOfOthersChangeNothing() {
        own.add("id9");
        List<Frame> frames = List.of(late(1), Samples.message(Samples.ROOM, 2), Frame.ofText("pong"));

        assertThat(own.apply(frames)).isSameAs(frames);
        assertThat(own.contains("id9")).isTrue();
    }

    @Test
    void theOldestIdsAreForgotten() {
        for (int i = 0; i <= MAX_IDS; i++) {
            own.add("id" + i);
        }

        assertThat(own.contains("id0")).isFalse();
        assertThat(own.contains("id1")).isTrue();
        assertThat(own.contains("id" + MAX_IDS)).isTrue();
    }
}
