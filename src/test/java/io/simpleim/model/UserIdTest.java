package io.simpleim.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "10001", "张三", "ann@example.com", "a/b?c=d&e#f", "\"'<>", "😀", "e\u0301", "null"})
    void partnersChooseTheirIds(String id) {
        assertThat(UserId.isValid(id)).isTrue();
    }

    @Test
    void anIdHasOneToSixtyFourCharacters() {
        assertThat(UserId.isValid("")).isFalse();
        assertThat(UserId.isValid("a".repeat(64))).isTrue();
        assertThat(UserId.isValid("a".repeat(65))).isFalse();
    }

    @Test
    void aCharacterOutsideTheBasicPlaneCountsOnce() {
        assertThat(UserId.isValid("😀".repeat(64))).isTrue();
        assertThat(UserId.isValid("😀".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ", "\t", "\n", "\r", "\u00A0", "\u2007", "\u2028", "\u2029", "\u202F", "\u3000", "\u1680", "\u0000",
                "\u001F", "\u007F", "\u0085", "\u009F"
            })
    void whiteSpaceAndControlCharactersAreRefusedWhereverTheyStand(String bad) {
        assertThat(UserId.isValid(bad)).isFalse();
        assertThat(UserId.isValid(bad + "a")).isFalse();
        assertThat(UserId.isValid("a" + bad + "b")).isFalse();
        assertThat(UserId.isValid("a" + bad)).isFalse();
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertThat(UserId.isValid("a\uD83D")).isFalse();
        assertThat(UserId.isValid("\uDE00a")).isFalse();
        assertThat(UserId.isValid("\uDE00\uD83D")).isFalse();
    }
}
