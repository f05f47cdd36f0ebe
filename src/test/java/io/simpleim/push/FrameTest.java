package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final StreamKey STREAM = StreamKey.ofMessages("r");

    @Test
    void theSizeIsCountedInUtf8() {
        Frame frame = Frame.ofText("你好😀");

        assertThat(frame.size()).isEqualTo(10);
        assertThat(StandardCharsets.UTF_8.decode(frame.payload()).toString()).isEqualTo("你好😀");
        assertThat(frame.text()).isEqualTo("你好😀");
    }

    @Test
    void eachReaderHasItsOwnPayload() {
        Frame frame = Frame.ofText("abc");
        ByteBuffer first = frame.payload();
        first.get();

        assertThat(frame.payload().remaining()).isEqualTo(3);
    }

    @Test
    void aMessageHasAPlaceAndAnAnswerHasNone() {
        assertThat(Samples.message("r", 7).place()).isEqualTo(new Place(STREAM, 7, 7));
        assertThat(Frame.ofEncoded("{}", "r", 7).place()).isEqualTo(new Place(STREAM, 7, 7));
        assertThat(Frame.ofText("{}").place()).isNull();
    }

    @Test
    void aGapCoversTheNumbersBetween() {
        assertThat(Frame.ofGap(STREAM, 3, 50).place()).isEqualTo(new Place(STREAM, 4, 49));
    }

    @Test
    void aPlaceholderHasThePlaceOfItsOriginalAndNoBytes() {
        Frame placeholder = Samples.message("r", 7).placeholder();

        assertThat(placeholder.isPlaceholder()).isTrue();
        assertThat(placeholder.size()).isZero();
        assertThat(placeholder.place()).isEqualTo(new Place(STREAM, 7, 7));
        assertThat(Samples.message("r", 7).isPlaceholder()).isFalse();
    }

    @Test
    void aPlaceholderKnowsItsOriginal() {
        Frame late = Frame.ofLateMessage(Samples.push("r", 7));

        assertThat(late.placeholder().lateMessage()).isEqualTo(Samples.push("r", 7));
        assertThat(late.placeholder().placeholder().messageId()).isEqualTo("id7");
        assertThat(Samples.message("r", 7).placeholder().messageId()).isEqualTo("id7");
        assertThat(Samples.message("r", 7).lateMessage()).isNull();
        assertThat(Frame.ofEncoded("{}", "r", 7).messageId()).isNull();
    }

    @Test
    void streamsOfTheSameRoomAreEqual() {
        assertThat(STREAM)
                .isEqualTo(StreamKey.ofMessages("r"))
                .hasSameHashCodeAs(StreamKey.ofMessages("r"))
                .isNotEqualTo(StreamKey.ofMessages("s"));
    }
}
