package io.simpleim.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    record Plain(String roomId, int lastSeq, @Nullable String peerUserId) {}

    @UpperCamel
    record Published(String roomId, List<Plain> items) {}

    @Test
    void recordsAreWrittenInSnakeCase() {
        assertThat(Json.write(new Plain("r", 1, "u")))
                .isEqualTo("{\"room_id\":\"r\",\"last_seq\":1,\"peer_user_id\":\"u\"}");
    }

    @Test
    void publishedListsAreWrittenInUpperCamelCase() {
        assertThat(Json.write(List.of(new Published("r", List.of(new Plain("q", 2, null))))))
                .isEqualTo("[{\"RoomId\":\"r\",\"Items\":[{\"room_id\":\"q\",\"last_seq\":2}]}]");
    }

    @Test
    void textsAreWrittenAsTheyAre() {
        assertThat(Json.write(Map.of("t", "<a href='x'>&=你好😀\"\\\n\u0001")))
                .isEqualTo("{\"t\":\"<a href='x'>&=你好😀\\\"\\\\\\n\\u0001\"}");
    }

    @Test
    void anObjectIsReadWithItsMembersInOrder() {
        assertThat(Json.readObject("{\"s\":\"x\",\"t\":true,\"n\":null,\"a\":[1,\"y\",{}],\"o\":{\"i\":\"z\"}}"))
                .containsExactly(
                        entry("s", "x"),
                        entry("t", true),
                        entry("n", null),
                        entry("a", List.of(number("1"), "y", Map.of())),
                        entry("o", Map.of("i", "z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.0", "1e2", "9223372036854775808", "10001000100010001000100010001", "0.10"})
    void aNumberKeepsItsText(String text) {
        assertThat(Json.readObject("{\"n\":" + text + "}").get("n"))
                .isInstanceOf(Number.class)
                .hasToString(text);
        assertThat(Json.write(Json.readObject("{\"n\":" + text + "}"))).isEqualTo("{\"n\":" + text + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"x\"",
                "[]",
                "[{}]",
                "{",
                "{}}",
                "{}{}",
                "{} x",
                "{},",
                "{}\uFEFF",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"o\":{\"a\":1,\"a\":1}}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{\"a\"=1}",
                "{\"a\":1;\"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'x'}",
                "{\"a\":x}",
                "{\"a\":NaN}",
                "{\"a\":-Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x10}",
                "{\"a\":TRUE}",
                "{\"a\":True}",
                "{\"a\":nil}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":\"x}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"tab\tin it\"}",
                "{\"a\":\"line\nin it\"}",
                "{/*c*/}",
                "{\"a\":1}//c",
                "#c\n{}",
                ")]}'\n{}"
            })
    void whatIsNotOneObjectIsRefused(String text) {
        assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> Json.readObject(text));
    }

    @Test
    void aByteOrderMarkIsPassedOverAsTheStandardAllows() {
        assertThat(Json.readObject("\uFEFF{}")).isEmpty();
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(Json.readObject(nested(16))).hasSize(1);
        assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> Json.readObject(nested(17)));
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.readObject("{\"a\":" + "[".repeat(100_000)));
    }

    /** An object around arrays. */
    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static Object number(String text) {
        return Objects.requireNonNull(Json.readObject("{\"n\":" + text + "}").get("n"));
    }
}
