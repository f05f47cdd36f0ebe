package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.push.OutboundQueue.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
    private static final int BOUND = 20;

    private final OutboundQueue queue = new OutboundQueue(BOUND);

    @Test
    void theFirstOfferMakesItsCallerTheSender() {
        assertThat(queue.offer("a")).isEqualTo(Verdict.SEND);
        assertThat(queue.offer("b")).isEqualTo(Verdict.WAIT);
        assertThat(queue.next()).isEqualTo("a");
        assertThat(queue.offer("c")).isEqualTo(Verdict.WAIT);
    }

    @Test
    void theNextSenderIsNamedOnceTheLastOneHasFoundNothing() {
        queue.offer("a");
        queue.next();
        assertThat(queue.next()).isNull();

        assertThat(queue.offer("b")).isEqualTo(Verdict.SEND);
    }

    @Test
    void theBoundIsWhatMayWait() {
        queue.offer("0".repeat(BOUND - 1));

        assertThat(queue.offer("1")).isEqualTo(Verdict.WAIT);
        assertThat(queue.offer("2")).isEqualTo(Verdict.OVERFLOW);
    }

    @Test
    void aFrameThatIsBeingSentDoesNotCount() {
        queue.offer("0".repeat(BOUND));
        queue.next();

        assertThat(queue.offer("1".repeat(BOUND))).isEqualTo(Verdict.WAIT);
    }

    @Test
    void aFrameOverTheBoundFitsWhenNoneWaits() {
        assertThat(queue.offer("0".repeat(BOUND + 1))).isEqualTo(Verdict.SEND);
    }

    @Test
    void anOverflowLeavesWhatWaits() {
        queue.offer("0".repeat(BOUND));
        queue.offer("1");

        assertThat(queue.next()).isEqualTo("0".repeat(BOUND));
        assertThat(queue.next()).isNull();
    }

    @Test
    void theLastFrameFitsAndGoesBeforeWhatWaits() {
        queue.offer("0".repeat(BOUND));

        assertThat(queue.finish("last")).isEqualTo(Verdict.WAIT);
        assertThat(queue.offer("later")).isEqualTo(Verdict.CLOSED);
        assertThat(queue.finish("again")).isEqualTo(Verdict.CLOSED);
        assertThat(queue.next()).isEqualTo("last");
        assertThat(queue.next()).isNull();
    }

    /** A sender that had just found nothing took the last frame for sent while another had only begun to send it. */
    @Test
    void itIsNotFinishedWhileTheLastFrameIsBeingSent() {
        queue.finish("last");
        assertThat(queue.isFinished()).isFalse();
        queue.next();
        assertThat(queue.isFinished()).isFalse();
        queue.next();

        assertThat(queue.isFinished()).isTrue();
    }

    @Test
    void nothingEntersOrLeavesOnceItIsClosed() {
        queue.offer("a");
        queue.offer("b");
        queue.close();

        assertThat(queue.next()).isNull();
        assertThat(queue.offer("c")).isEqualTo(Verdict.CLOSED);
        assertThat(queue.finish("d")).isEqualTo(Verdict.CLOSED);
        assertThat(queue.isFinished()).isFalse();
    }

    /** Random schedules against a model that is simple enough to be seen to be right. */
    @RepeatedTest(200)
    void anyScheduleIsThatOfTheModel(RepetitionInfo repetition) {
        long seed = 20_261_123L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Model model = new Model();
        for (int step = 0; step < 200; step++) {
            String where = "seed " + seed + ", step " + step;
            int choice = random.nextInt(100);
            if (choice < 50) {
                String frame = step + "x".repeat(random.nextInt(BOUND));
                assertThat(queue.offer(frame)).as(where).isEqualTo(model.offer(frame));
            } else if (choice < 98) {
                // Only the sender may ask.
                if (model.sending) {
                    assertThat(queue.next()).as(where).isEqualTo(model.next());
                }
            } else if (choice == 98) {
                assertThat(queue.finish("last")).as(where).isEqualTo(model.finish("last"));
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

        @Nullable
        String next() {
            sending = !waiting.isEmpty();
            return waiting.poll();
        }

        void close() {
            waiting.clear();
            closed = true;
            finished = false;
        }
    }
}
