package io.simpleim.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.config.RedisMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource({"2, 2", "' 10 ', 10", "007, 7"})
    void readsWholeNumbers(String text, int number) throws BadValueException {
        assertThat(Formats.wholeNumber(2, 10).parser().parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "11", "9999999999"})
    void refusesANumberOutOfRange(String text) {
        assertBad(Formats.wholeNumber(2, 10), text, "out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-3", "+3", "3.0", "3s", "0x3", "99999999999999999999"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertBad(Formats.wholeNumber(2, 10), text, "not a whole number");
    }

    @Test
    void namesTheRange() {
        assertThat(Formats.wholeNumber(2, 10).expected()).isEqualTo("a whole number from 2 to 10");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "' False ', false"})
    void readsFlags(String text, boolean flag) throws BadValueException {
        assertThat(Formats.flag().parser().parse(text)).isEqualTo(flag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "truee"})
    void refusesOtherTextsThanFlags(String text) {
        assertBad(Formats.flag(), text, "neither");
    }

    @Test
    void readsOneOfSomeNamesInAnyCase() throws BadValueException {
        Format<RedisMode> format = Formats.oneOf(RedisMode.class);
        assertThat(format.parser().parse(" Sentinel ")).isEqualTo(RedisMode.SENTINEL);
        assertThat(format.expected()).isEqualTo("one of standalone, sentinel, cluster");
        assertBad(format, "sentinels", "none of them");
        assertBad(format, "", "none of them");
    }

    @Test
    void aNameIsNotEmpty() throws BadValueException {
        assertThat(Formats.name().parser().parse(" a b ")).isEqualTo("a b");
        assertBad(Formats.name(), " ", "empty");
    }

    @Test
    void countsTheBytesOfASecret() throws BadValueException {
        Format<?> format = Formats.secretOfAtLeast(4);
        assertThat(format.parser().parse("中a")).isNotNull();
        assertBad(format, "中", "too short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simpleim", "im-test_1", "聊天"})
    void takesDatabaseNames(String name) throws BadValueException {
        assertThat(Formats.databaseName().parser().parse(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a.b", "a/b", "a\\b", "a\"b", "a$b", "a*b", "a<b", "a>b", "a:b", "a|b", "a?b", "a\u0000b"
            })
    void refusesCharactersInADatabaseName(String name) {
        assertBad(Formats.databaseName(), name, "a character that is not allowed");
    }

    @Test
    void boundsTheLengthOfADatabaseName() throws BadValueException {
        assertThat(Formats.databaseName().parser().parse("d".repeat(63))).hasSize(63);
        assertBad(Formats.databaseName(), "d".repeat(64), "too long");
        assertBad(Formats.databaseName(), "聊".repeat(22), "too long");
        assertBad(Formats.databaseName(), "", "empty");
    }

    private static void assertBad(Format<?> format, String text, String reason) {
        assertThatThrownBy(() -> format.parser().parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(reason);
    }
}
