package io.simpleim.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartnerKeysTest {
    private static final String A = "a".repeat(32);
    private static final String B = "b:=;" + "b".repeat(32);

    @Test
    void readsNamesAndSecrets() throws BadValueException {
        assertThat(parse("shop:" + A + ", crm.v-2_x:" + B))
                .containsExactly(
                        new PartnerKey("shop", HashedSecret.of(A)), new PartnerKey("crm.v-2_x", HashedSecret.of(B)));
    }

    @Test
    void mayBeEmpty() throws BadValueException {
        assertThat(parse(" ")).isEmpty();
    }

    @Test
    void aNameMayHaveSeveralSecretsWhileTheyAreRotated() throws BadValueException {
        assertThat(parse("shop:" + A + ",shop:" + B))
                .extracting(PartnerKey::name)
                .containsExactly("shop", "shop");
    }

    @Test
    void aSecretBelongsToOneEntry() {
        assertBad("shop:" + A + ",shop:" + A, "entries 1 and 2 have the same secret");
        assertBad("shop:" + A + ",x:" + B + ",crm:" + A, "entries 1 and 3 have the same secret");
    }

    @Test
    void boundsTheLengths() throws BadValueException {
        assertThat(parse("n".repeat(64) + ":" + A)).hasSize(1);
        assertBad("n".repeat(65) + ":" + A, "entry 1 has a bad name");
        assertBad("shop:" + A.substring(1), "entry 1 has a secret that is too short");
    }

    @ParameterizedTest
    @CsvSource({"'', is not name:secret", "shop, is not name:secret", ":, a bad name", "my shop:, a bad name"})
    void saysWhichEntryIsBad(String entry, String reason) {
        assertBad("shop:" + A + "," + entry, "entry 2 ");
        assertBad("shop:" + A + "," + entry, reason);
    }

    @Test
    void refusesCharactersThatAHeaderDoesNotCarry() {
        assertBad("shop:" + A + " " + A, "a character that is not allowed");
        assertBad("shop:" + A + "ä", "a character that is not allowed");
    }

    private static List<PartnerKey> parse(String text) throws BadValueException {
        return PartnerKeys.FORMAT.parser().parse(text);
    }

    private static void assertBad(String text, String reason) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining(A.substring(1));
    }
}
