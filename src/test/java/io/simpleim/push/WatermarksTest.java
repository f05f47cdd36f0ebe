package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    private static final long OPENED_AT = 1000;
    private static final int ROOMS = 4096;

    private final Watermarks marks = new Watermarks(OPENED_AT);

    private List<Long> pass(Frame... frames) {
        return marks.takeNew(List.of(frames)).stream().map(Samples::lastSeq).toList();
    }

    private static Frame message(String roomId, long seq) {
        return Samples.message(roomId, seq);
    }

    private static Frame late(String roomId, long seq, long createdAt) {
        return Frame.ofLateMessage(Samples.push(roomId, seq, createdAt));
    }

    @Test
    void aMessagePassesOnce() {
        assertThat(pass(message("a", 3))).containsExactly(3L);
        assertThat(pass(message("a", 3))).isEmpty();
        assertThat(pass(message("a", 2))).as("it would be out of order").isEmpty();
        assertThat(pass(message("a", 5))).containsExactly(5L);
    }

    @Test
    void aMessagePassesOnceInABatchToo() {
        assertThat(pass(message("a", 1), message("a", 1), message("a", 2), message("a", 1)))
                .containsExactly(1L, 2L);
    }

    @Test
    void streamsAreKeptApartInABatch() {
        pass(message("a", 4), message("b", 8));

        assertThat(pass(
                        message("a", 4),
                        message("a", 5),
                        message("b", 8),
                        message("c", 1),
                        message("b", 9),
                        message("a", 5),
                        message("a", 6)))
                .containsExactly(5L, 1L, 9L, 6L);
    }

    @Test
    void aFrameWithoutAPlaceAlwaysPasses() {
        Frame answer = Frame.ofText("pong");
        marks.takeNew(List.of(message("a", 1)));

        assertThat(marks.takeNew(List.of(answer, message("a", 1), answer))).containsExactly(answer, answer);
    }

    @Test
    void aListThatPassesAsAWholeIsNotCopied() {
        List<Frame> frames = List.of(message("a", 1), Frame.ofText("pong"), message("b", 1));

        assertThat(marks.takeNew(frames)).isSameAs(frames);
    }

    @Test
    void aGapCountsAsTheMessagesThatItCovers() {
        assertThat(pass(Frame.ofGap(StreamKey.ofMessages("a"), 3, 8))).containsExactly(7L);
        assertThat(pass(message("a", 7), message("a", 8))).containsExactly(8L);
    }

    /** They were part of the backlog. The margin of some seconds covers clocks that differ. */
    @Test
    void lateMessagesThatAreOlderThanTheConnectionAreDropped() {
        assertThat(pass(late("a", 1, OPENED_AT - 11), late("a", 2, OPENED_AT - 10)))
                .containsExactly(2L);
    }

    @Test
    void lateMessagesPassInAStreamThatHasAWatermark() {
        pass(message("a", 1));

        assertThat(pass(late("a", 2, 0), late("b", 1, 0))).containsExactly(2L);
    }

    @Test
    void anAnnouncedMessagePassesWhateverItsTime() {
        assertThat(pass(Frame.ofMessage(Samples.push("a", 1, 0)))).containsExactly(1L);
    }

    @Test
    void theStreamsThatCameFirstAreForgottenFirst() {
        Stream<Frame> all = IntStream.rangeClosed(0, ROOMS).mapToObj(i -> message("room" + i, 1));
        marks.takeNew(all.toList());

        assertThat(pass(message("room1", 1), message("room" + ROOMS, 1))).isEmpty();
        assertThat(pass(message("room0", 1))).containsExactly(1L);
    }
}
