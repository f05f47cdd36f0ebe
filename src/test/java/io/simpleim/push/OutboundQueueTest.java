package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.push.OutboundQueue.Verdict;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
    private static final int BOUND = 20;
    private static final long MAX_AGE = 1000;

    private long now;

    private final OutboundQueue queue = new OutboundQueue(BOUND, MAX_AGE, () -> now);

    private Verdict offer(String text) {
        return queue.offer(List.of(Frame.ofText(text)));
    }

    private Verdict finish(String text) {
        return queue.finish(Frame.ofText(text));
    }

    /** The next batch. */
    private List<String> next() {
        return queue.next().stream().map(Frame::text).toList();
    }

    @Test
    void theFirstOfferMakesItsCallerTheSender() {
        assertThat(offer("a")).isEqualTo(Verdict.SEND);
        assertThat(offer("b")).isEqualTo(Verdict.WAIT);
        assertThat(next()).containsExactly("a", "b");
        assertThat(offer("c")).isEqualTo(Verdict.WAIT);
    }

    @Test
    void thereIsANewSenderAfterTheLastOneFoundNothing() {
        offer("a");
        next();
        assertThat(next()).isEmpty();

        assertThat(offer("b")).isEqualTo(Verdict.SEND);
    }

    @Test
    void theLimitIsTheSizeOfTheWaitingFrames() {
        offer("0".repeat(BOUND - 1));

        assertThat(offer("1")).isEqualTo(Verdict.WAIT);
        assertThat(offer("2")).isEqualTo(Verdict.OVERFLOW);
    }

    @Test
    void aFrameThatIsBeingSentDoesNotCount() {
        offer("0".repeat(BOUND));
        next();

        assertThat(offer("1".repeat(BOUND))).isEqualTo(Verdict.WAIT);
    }

    @Test
    void aFrameOverTheLimitFitsIfNoneWaits() {
        assertThat(offer("0".repeat(BOUND + 1))).isEqualTo(Verdict.SEND);
    }

    @Test
    void anOverflowKeepsTheWaitingFrames() {
        offer("0".repeat(BOUND));
        offer("1");

        assertThat(next()).containsExactly("0".repeat(BOUND));
        assertThat(next()).isEmpty();
    }

    @Test
    void theLastFrameReplacesTheWaitingOnes() {
        offer("0".repeat(BOUND));

        assertThat(finish("last")).isEqualTo(Verdict.WAIT);
        assertThat(offer("later")).isEqualTo(Verdict.CLOSED);
        assertThat(finish("again")).isEqualTo(Verdict.CLOSED);
        assertThat(next()).containsExactly("last");
        assertThat(next()).isEmpty();
    }

    /** A sender that had just found nothing took the last frame as sent while another was still sending it. */
    @Test
    void itIsNotFinishedWhileTheLastFrameIsBeingSent() {
        finish("last");
        assertThat(queue.isFinished()).isFalse();
        next();
        assertThat(queue.isFinished()).isFalse();
        next();

        assertThat(queue.isFinished()).isTrue();
    }

    @Test
    void nothingEntersOrLeavesAClosedQueue() {
        offer("a");
        offer("b");
        queue.close();

        assertThat(next()).isEmpty();
        assertThat(offer("c")).isEqualTo(Verdict.CLOSED);
        assertThat(finish("d")).isEqualTo(Verdict.CLOSED);
        assertThat(queue.isFinished()).isFalse();
    }

    @Test
    void aFrameMayWaitUpToTheMaximumAge() {
        offer("a");
        now = MAX_AGE;
        assertThat(queue.isStalled()).isFalse();
        assertThat(offer("b")).isEqualTo(Verdict.WAIT);
        now++;
        assertThat(queue.isStalled()).isTrue();
        assertThat(offer("c")).isEqualTo(Verdict.OVERFLOW);
        next();

        assertThat(queue.isStalled()).as("nothing waits").isFalse();
        assertThat(offer("d")).isEqualTo(Verdict.WAIT);
    }

    @Test
    void aBatchIsLimitedInFramesAndBytes() {
        OutboundQueue wide = new OutboundQueue(Long.MAX_VALUE, MAX_AGE, () -> now);
        wide.offer(Collections.nCopies(65, Frame.ofText("x")));
        assertThat(wide.next()).hasSize(64);
        assertThat(wide.next()).hasSize(1);
        wide.offer(Collections.nCopies(3, Frame.ofText("x".repeat(32 * 1024))));
        assertThat(wide.next()).hasSize(2);
        assertThat(wide.next()).hasSize(1);
        assertThat(wide.next()).isEmpty();
    }

    @Test
    void aCallerWithoutAFrameBecomesTheSenderUntilNothingWaits() {
        assertThat(queue.isIdle()).isTrue();
        assertThat(queue.tryBecomeSender()).isTrue();
        assertThat(queue.tryBecomeSender()).isFalse();
        assertThat(queue.isIdle()).isFalse();
        assertThat(offer("a")).isEqualTo(Verdict.WAIT);
        assertThat(next()).containsExactly("a");
        assertThat(queue.isIdle()).isFalse();
        assertThat(next()).isEmpty();
        assertThat(queue.isIdle()).isTrue();
        queue.close();

        assertThat(queue.tryBecomeSender()).isFalse();
    }

    @Test
    void aFinishingQueueTakesNoMoreFramesAndEmptiesItself() {
        offer("a");
        queue.finish();
        assertThat(offer("b")).isEqualTo(Verdict.CLOSED);
        assertThat(queue.isFinished()).isFalse();
        assertThat(next()).containsExactly("a");
        assertThat(queue.isFinished()).isFalse();
        next();

        assertThat(queue.isFinished()).isTrue();
    }

    /** Random schedules against a model that is obviously correct. */
    @RepeatedTest(200)
    void anyScheduleMatchesTheModel(RepetitionInfo repetition) {
        long seed = 20_261_123L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Model model = new Model();
        for (int step = 0; step < 200; step++) {
            String where = "seed " + seed + ", step " + step;
            int choice = random.nextInt(100);
            if (choice < 50) {
                String frame = step + "x".repeat(random.nextInt(BOUND));
                assertThat(offer(frame)).as(where).isEqualTo(model.offer(frame));
            } else if (choice < 98) {
                // Only the sender may ask.
                if (model.sending) {
                    assertThat(next()).as(where).isEqualTo(model.next());
                }
            } else if (choice == 98) {
                assertThat(finish("last")).as(where).isEqualTo(model.finish("last"));
            } else if (random.nextInt(3) == 0) {
                queue.close();
                model.close();
            }
            assertThat(queue.isFinished()).as(where).isEqualTo(model.finished && !model.sending);
        }
    }

    private static final class Model {
        private final Deque<String> waiting = new ArrayDeque<>();
        private boolean sending;
        private boolean finished;
        private boolean closed;

        Verdict offer(String frame) {
            if (finished || closed) {
                return Verdict.CLOSED;
            }
            int chars = waiting.stream().mapToInt(String::length).sum();
            return !waiting.isEmpty() && chars + frame.length() > BOUND ? Verdict.OVERFLOW : accept(frame);
        }

        Verdict finish(String frame) {
            if (finished || closed) {
                return Verdict.CLOSED;
            }
            finished = true;
            waiting.clear();
            return accept(frame);
        }

        private Verdict accept(String frame) {
            waiting.add(frame);
            Verdict verdict = sending ? Verdict.WAIT : Verdict.SEND;
            sending = true;
            return verdict;
        }

        List<String> next() {
            sending = !waiting.isEmpty();
            List<String> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        }

        void close() {
            waiting.clear();
            closed = true;
            finished = false;
        }
    }
}
