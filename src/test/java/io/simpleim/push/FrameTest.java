package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void itsSizeIsThatOfTheUtf8() {
        Frame frame = Frame.ofText("你好😀");

        assertThat(frame.size()).isEqualTo(10);
        assertThat(StandardCharsets.UTF_8.decode(frame.payload()).toString()).isEqualTo("你好😀");
        assertThat(frame.text()).isEqualTo("你好😀");
    }

    @Test
    void whoReadsThePayloadTakesNothingFromTheNext() {
        Frame frame = Frame.ofText("abc");
        ByteBuffer first = frame.payload();
        first.get();

        assertThat(frame.payload().remaining()).isEqualTo(3);
    }

    @Test
    void aMessageHasItsNumberAndAnAnswerHasNone() {
        Frame message = Samples.message("r", 7);
        Frame answer = Frame.ofText("{}");

        assertThat(message.roomId()).isEqualTo("r");
        assertThat(message.firstSeq()).isEqualTo(7);
        assertThat(message.seq()).isEqualTo(7);
        assertThat(answer.roomId()).isNull();
        assertThat(answer.seq()).isZero();
    }

    @Test
    void aGapStandsForWhatLiesBetween() {
        Frame gap = Frame.gap("r", 3, 50);

        assertThat(gap.roomId()).isEqualTo("r");
        assertThat(gap.firstSeq()).isEqualTo(4);
        assertThat(gap.seq()).isEqualTo(49);
    }

    @Test
    void whatIsUnsentKeepsItsPlaceAndCostsNothing() {
        Frame unsent = Samples.message("r", 7).unsent();

        assertThat(unsent.isSent()).isFalse();
        assertThat(unsent.size()).isZero();
        assertThat(unsent.roomId()).isEqualTo("r");
        assertThat(unsent.seq()).isEqualTo(7);
        assertThat(Samples.message("r", 7).isSent()).isTrue();
    }
}
