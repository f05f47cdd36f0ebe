package io.simpleim.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFramesTest {
    private static final int MAX_BYTES = 12;

    private final List<String> received = new ArrayList<>();
    private int tooLarge;
    private final TextFrames frames = new TextFrames(MAX_BYTES, received::add, () -> tooLarge++);

    @Test
    void aFrameInOnePartIsDelivered() {
        frames.onMessage("a", true);
        frames.onMessage("", true);
        frames.onMessage("b", true);

        assertThat(received).containsExactly("a", "", "b");
    }

    @Test
    void partsBecomeOneFrame() {
        frames.onMessage("a", false);
        frames.onMessage("", false);
        frames.onMessage("b", false);
        assertThat(received).isEmpty();
        frames.onMessage("c", true);
        frames.onMessage("d", false);
        frames.onMessage("", true);

        assertThat(received).containsExactly("abc", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789ab", "éééééé", "你好你好", "😀😀😀", "aé你😀12"})
    void theLimitIsCountedInBytes(String text) {
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(MAX_BYTES);
        frames.onMessage(text, true);
        assertThat(received).containsExactly(text);
        frames.onMessage(text, false);
        assertThat(tooLarge).isZero();
        frames.onMessage("x", true);

        assertThat(tooLarge).isEqualTo(1);
        assertThat(received).containsExactly(text);
    }

    @Test
    void eachFrameIsCountedForItself() {
        for (int i = 0; i < 10; i++) {
            frames.onMessage("01234", false);
            frames.onMessage("56789", true);
        }

        assertThat(received).hasSize(10).containsOnly("0123456789");
    }

    @Test
    void aPartMayEndWithinASurrogatePair() {
        frames.onMessage("😀😀\uD83D", false);
        frames.onMessage("\uDE00", true);
        assertThat(received).containsExactly("😀😀😀");

        frames.onMessage("😀😀x\uD83D", false);
        frames.onMessage("\uDE00", true);
        assertThat(tooLarge).isEqualTo(1);
    }

    /** The rest of a frame that was too large, an empty last part above all, is no frame of its own. */
    @Test
    void nothingIsTakenAfterAFrameThatWasTooLarge() {
        frames.onMessage("0123456789", false);
        frames.onMessage("0123456789", false);
        frames.onMessage("", true);
        frames.onMessage("next", true);
        frames.onMessage("0123456789abc", true);

        assertThat(received).isEmpty();
        assertThat(tooLarge).isEqualTo(1);
    }

    @Test
    void theSplitIntoPartsMakesNoDifference() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        String[] alphabet = {"a", "é", "你", "😀"};
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(9), 0, alphabet.length).forEach(at -> text.append(alphabet[at]));
            boolean fits = text.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
            List<String> got = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            TextFrames fresh = new TextFrames(MAX_BYTES, got::add, () -> refused.add("too large"));
            int from = 0;
            while (from < text.length()) {
                int to = from + 1 + random.nextInt(text.length() - from);
                fresh.onMessage(text.substring(from, to), false);
                from = to;
            }
            fresh.onMessage("", true);
            assertThat(got).as("seed %d, round %d", seed, round).isEqualTo(fits ? List.of(text.toString()) : List.of());
            assertThat(refused).as("seed %d, round %d", seed, round).hasSize(fits ? 0 : 1);
        }
    }
}
