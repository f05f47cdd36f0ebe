package io.simpleim.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.push.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFramesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 125, 126, 127, 65535, 65536, 70000})
    void aFrameOfAnyLengthHasItsHeader(int length) {
        String text = "x".repeat(length);
        ByteBuffer wire = WireFrames.of(List.of(Frame.ofText(text)));

        assertThat(wire.get()).isEqualTo((byte) 0x81);
        int first = wire.get();
        long announced = first < 126 ? first : first == 126 ? wire.getShort() & 0xFFFF : wire.getLong();
        assertThat(announced).isEqualTo(length);
        assertThat(StandardCharsets.UTF_8.decode(wire).toString()).isEqualTo(text);
    }

    @Test
    void severalFramesAreEncodedInOrderWithLengthsInBytes() {
        ByteBuffer wire = WireFrames.of(List.of(Frame.ofText("你"), Frame.ofText("b")));
        byte[] bytes = new byte[wire.remaining()];
        wire.get(bytes);

        assertThat(bytes).containsExactly(0x81, 3, 0xE4, 0xBD, 0xA0, 0x81, 1, 'b');
    }
}
