package io.simpleim.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import org.junit.jupiter.api.Test;

class TextLimitTest {
    private static void assertValid(String text, int maxBytes) {
        assertThatCode(() -> new TextLimit(maxBytes).check(text)).doesNotThrowAnyException();
    }

    private static void assertInvalid(String text, int maxBytes, String reason) {
        RequestRejected rejected =
                catchThrowableOfType(RequestRejected.class, () -> new TextLimit(maxBytes).check(text));
        assertThat(rejected.error()).isEqualTo(ApiError.INVALID_PARAMETER);
        assertThat(rejected.parameter()).isEqualTo("message");
        assertThat(rejected.reason()).isEqualTo(reason);
    }

    @Test
    void aTextIsMeasuredInBytesOfUtf8() {
        assertValid("你好a", 7);
        assertInvalid("你好ab", 7, "maxMessageBytes");
        assertValid("😀", 4);
        assertInvalid("😀", 3, "maxMessageBytes");
        assertInvalid("", 7, "invalid_parameter");
        assertValid(" ", 7);
    }
}
