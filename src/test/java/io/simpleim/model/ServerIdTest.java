package io.simpleim.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdTest {

    @Test
    void aRandomIdIsAUuidInHex() {
        assertThat(uuid(ServerId.random()).version()).isEqualTo(4);
        assertThat(ServerId.isWellFormed(ServerId.random())).isTrue();
        assertThat(ServerId.random()).isNotEqualTo(ServerId.random());
    }

    @Test
    void aComputedIdSaysThatItIs() {
        Set<UUID> ids = IntStream.range(0, 1_000)
                .mapToObj(i -> uuid(ServerId.ofPair("u" + i, "v")))
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(1_000).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(8);
            assertThat(id.variant()).isEqualTo(2);
        });
    }

    /** Stored rooms and messages have these ids, so their derivation must never change. */
    @Test
    void computedIdsNeverChange() {
        assertThat(uuid(ServerId.ofPair("ann", "bob"))).hasToString("5993e3a6-33b0-8b8c-a171-23d59eb7de92");
        assertThat(uuid(ServerId.ofSend("ann", "room", "1"))).hasToString("ead51778-430e-89c5-ae1a-084bfa0e0ffd");
    }

    @Test
    void bothUsersOfAPairDeriveTheSameRoom() {
        assertThat(ServerId.ofPair("ann", "bob")).isEqualTo(ServerId.ofPair("bob", "ann"));
        assertThat(ServerId.ofPair("张三", "😀")).isEqualTo(ServerId.ofPair("😀", "张三"));
    }

    @Test
    void theBoundariesBetweenPartsCount() {
        assertThat(ServerId.ofPair("a", "bc")).isNotEqualTo(ServerId.ofPair("ab", "c"));
        assertThat(ServerId.ofSend("a", "bc", "d")).isNotEqualTo(ServerId.ofSend("ab", "c", "d"));
        assertThat(ServerId.ofSend("a", "b", "cd")).isNotEqualTo(ServerId.ofSend("a", "bc", "d"));
    }

    @Test
    void aSendDerivesTheSameIdOnlyIfAllPartsAreEqual() {
        String id = ServerId.ofSend("ann", "room", "1");

        assertThat(ServerId.ofSend("ann", "room", "1")).isEqualTo(id);
        assertThat(ServerId.ofSend("bob", "room", "1")).isNotEqualTo(id);
        assertThat(ServerId.ofSend("ann", "other", "1")).isNotEqualTo(id);
        assertThat(ServerId.ofSend("ann", "room", "2")).isNotEqualTo(id);
    }

    @Test
    void onlySeventyTwoLowercaseHexDigitsAreWellFormed() {
        assertThat(ServerId.isWellFormed("0123456789abcdef".repeat(4) + "01234567"))
                .isTrue();
        assertThat(ServerId.isWellFormed("0".repeat(71))).isFalse();
        assertThat(ServerId.isWellFormed("0".repeat(73))).isFalse();
        assertThat(ServerId.isWellFormed("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "g", "/", ":", "`", " ", "０", "\n"})
    void noOtherCharacterIsWellFormed(String one) {
        assertThat(ServerId.isWellFormed(one + "0".repeat(71))).isFalse();
        assertThat(ServerId.isWellFormed("0".repeat(71) + one)).isFalse();
    }

    private static UUID uuid(String id) {
        assertThat(id).hasSize(72).matches("[0-9a-f]+");
        return UUID.fromString(new String(HexFormat.of().parseHex(id), StandardCharsets.US_ASCII));
    }
}
