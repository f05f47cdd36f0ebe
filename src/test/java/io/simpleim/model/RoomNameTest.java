package io.simpleim.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "午餐", "Lunch at noon", "<b>&\"'", "👩‍👩‍👧 family", "e\u0301", "مرحبا", "0"})
    void acceptsNamesOfVisibleCharacters(String name) {
        assertThat(RoomName.of(name)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {" a b", "a b\r\n", "\u3000a b\u00a0", "\t a b \u2007", "\u2028a b\u2029"})
    void surroundingWhiteSpaceIsRemoved(String text) {
        assertThat(RoomName.of(text)).contains("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000\u00a0", "\r\n", "\t"})
    void whiteSpaceAloneIsRefused(String text) {
        assertThat(RoomName.of(text)).isEmpty();
    }

    /** In a list, it would look like a room without a name. */
    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u200d \u2060", "\u202e", "\ufeff"})
    void invisibleNamesAreRefused(String text) {
        assertThat(RoomName.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\t", "\n", "\u001b", "\u007f", "\u0085", "\u009f", "\u2028", "\u2029", "\ud83d"})
    void controlCharactersAndLineBreaksAreRefused(String bad) {
        assertThat(RoomName.of("a" + bad + "b")).isEmpty();
    }

    @Test
    void aNameHasOneToSixtyFourCharactersHoweverTheyAreWritten() {
        assertThat(RoomName.of("😀".repeat(64))).isPresent();
        assertThat(RoomName.of("😀".repeat(65))).isEmpty();
        assertThat(RoomName.of(" " + "a".repeat(64) + " ")).isPresent();
        assertThat(RoomName.of("a".repeat(65))).isEmpty();
    }
}
