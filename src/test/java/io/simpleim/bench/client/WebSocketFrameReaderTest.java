package io.simpleim.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketFrameReaderTest {
    private static final int FIN = 0x80;
    private static final int TEXT = 1;
    private static final int CONTINUATION = 0;

    private final List<String> seen = new ArrayList<>();
    private final WebSocketFrameReader frames = new WebSocketFrameReader(new WebSocketFrameReader.Handler() {
        @Override
        public void text(byte[] bytes, int from, int to) {
            seen.add(ByteText.string(bytes, from, to));
        }

        @Override
        public void close(int code) {
            seen.add("close " + code);
        }

        @Override
        public void ping(byte[] bytes, int from, int to) {
            seen.add("ping " + ByteText.string(bytes, from, to));
        }
    });

    @Test
    void framesAreReadWhereverTheBytesAreSplit() {
        String longText = "x".repeat(300);
        String veryLongText = "y".repeat(70_000);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frame(all, FIN | TEXT, "one");
        frame(all, TEXT, "in ");
        frame(all, FIN | 9, "between");
        frame(all, CONTINUATION, "three ");
        frame(all, FIN | CONTINUATION, "parts");
        frame(all, FIN | TEXT, longText);
        frame(all, FIN | TEXT, veryLongText);
        frame(all, FIN | 8, "\u0003\u00e8");
        byte[] bytes = all.toByteArray();

        for (int split = 0; split <= 400; split++) {
            seen.clear();
            int used = frames.read(bytes, 0, split);
            assertThat(frames.read(bytes, used, bytes.length)).isEqualTo(bytes.length);
            assertThat(seen)
                    .as("split at %d", split)
                    .containsExactly("one", "ping between", "in three parts", longText, veryLongText, "close 1000");
        }
    }

    @Test
    void anEmptyMessageIsAMessage() {
        byte[] bytes = {(byte) (FIN | TEXT), 0};

        assertThat(frames.read(bytes, 0, 1)).isZero();
        assertThat(frames.read(bytes, 0, 2)).isEqualTo(2);
        assertThat(seen).containsExactly("");
    }

    @Test
    void aRequestIsAMaskedFrameWithItsNumber() {
        Request request = Request.frame("{\"n\":\"" + Request.NUMBER + "\",\"again\":\"" + Request.NUMBER + "\"}");
        request.number(42);
        byte[] bytes = request.bytes();

        assertThat(bytes[1] & 0x80).isEqualTo(0x80);
        assertThat(Arrays.copyOfRange(bytes, 2, 6)).containsOnly(0);
        assertThat(ByteText.string(bytes, 6, bytes.length))
                .isEqualTo("{\"n\":\"0000000000000042\",\"again\":\"0000000000000042\"}");
    }

    /** A frame as a server writes it, without a mask. */
    private static void frame(ByteArrayOutputStream out, int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(first);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            out.writeBytes(new byte[5]);
            out.write(payload.length >> 16);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(payload);
    }
}
