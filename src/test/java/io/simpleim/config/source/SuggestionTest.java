package io.simpleim.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "login_expire, loginExpire",
        "Loginexpired, loginExpire",
        "key, keys",
        "messageBurts, messageBurst",
        "messageperSecond, messagesPerSecond",
        "maxMsgBytes, maxMessageBytes",
    })
    void namesWhatIsClose(String name, String meant) {
        assertThat(hint(name)).isEqualTo("did you mean <" + meant + ">?");
    }

    @ParameterizedTest
    @CsvSource({"port", "expire", "k", "''"})
    void namesThemAllWhenNothingIsClose(String name) {
        assertThat(hint(name))
                .isEqualTo("expected one of <loginExpire>, <keys>, <messagesPerSecond>, <messageBurst>,"
                        + " <maxMessageBytes>");
    }

    private static String hint(String name) {
        return Suggestion.hint(
                name,
                List.of("loginExpire", "keys", "messagesPerSecond", "messageBurst", "maxMessageBytes"),
                Function.identity(),
                candidate -> "<" + candidate + ">");
    }
}
