package io.simpleim.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormDecoderTest {

    @Test
    void namesAndValuesAreDecoded() {
        assertThat(read("room_id=1&message=a+b%20c%2Bd%26e%3D%25&%E5%90%8D=%f0%9F%98%80"))
                .containsOnly(entry("room_id", "1"), entry("message", "a b c+d&e=%"), entry("名", "😀"));
    }

    @Test
    void unescapedCharactersAreKept() {
        assertThat(read("message=你好😀=!~'(é")).containsOnly(entry("message", "你好😀=!~'(é"));
    }

    @Test
    void theFirstOfTwoValuesCounts() {
        assertThat(read("a=1&b=2&a=3&%61=4")).containsOnly(entry("a", "1"), entry("b", "2"));
    }

    @Test
    void aNameWithoutAValueHasAnEmptyValue() {
        assertThat(read("a&b=&&=c&")).containsOnly(entry("a", ""), entry("b", ""), entry("", "c"));
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%4z", "%z4", "%-1", "%+1", "% 1", "%４１", "%u4f60", "a=%&b=41"})
    void aBrokenEscapeIsRefused(String form) {
        assertMalformed(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%C0%80", "%ED%A0%BD", "%E4%BD", "%E4%BDx", "%80", "%F4%90%80%80", "a=1&b=%E4"})
    void bytesThatAreNotUtf8AreRefused(String form) {
        assertMalformed(form);
    }

    @Test
    void otherCharacterSetsAreDecoded() {
        Charset gbk = Charset.forName("GBK");

        assertThat(FormDecoder.decodeForm("message=%C4%E3%BA%C3", gbk)).containsOnly(entry("message", "你好"));
        // The second byte of this one is the letter A, which browsers leave unescaped.
        assertThat(FormDecoder.decodeForm("message=%81A", gbk)).containsOnly(entry("message", "丄"));
    }

    @Test
    void bytesAreDecodedStrictly() {
        assertThat(FormDecoder.decodeText("你好".getBytes(UTF_8), UTF_8)).isEqualTo("你好");
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> FormDecoder.decodeText(new byte[] {(byte) 0xE4, (byte) 0xBD}, UTF_8));
    }

    private static Map<String, @Nullable Object> read(String form) {
        return FormDecoder.decodeForm(form, UTF_8);
    }

    private static void assertMalformed(String form) {
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> read(form))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(ApiError.MALFORMED_BODY));
    }
}
