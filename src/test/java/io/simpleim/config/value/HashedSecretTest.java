package io.simpleim.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HashedSecretTest {
    private final HashedSecret secret = HashedSecret.of("abc");

    @Test
    void matchesItsTextOnly() {
        assertThat(secret.matches("abc")).isTrue();
        assertThat(secret.matches("abd")).isFalse();
        assertThat(secret.matches("ab")).isFalse();
        assertThat(secret.matches("abcd")).isFalse();
        assertThat(secret.matches("")).isFalse();
        assertThat(HashedSecret.of("密").matches("密")).isTrue();
    }

    /** The hash of "abc" from FIPS 180-2. */
    @Test
    void keepsTheHashAndNothingElse() throws IllegalAccessException {
        Field[] kept = Arrays.stream(HashedSecret.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .toArray(Field[]::new);
        assertThat(kept).hasSize(1);
        kept[0].setAccessible(true);
        assertThat(HexFormat.of().formatHex((byte[]) kept[0].get(secret)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /** Presenting the hash itself does not match either. */
    @Test
    void theHashIsNotTheSecret() {
        assertThat(secret.matches("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
                .isFalse();
    }

    @Test
    void printsNothingOfItself() {
        assertThat(secret).hasToString("[REDACTED]");
        assertThat(secret.hashCode()).isEqualTo(HashedSecret.of("another").hashCode());
    }

    @Test
    void equalsTheHashOfTheSameText() {
        assertThat(secret)
                .isEqualTo(HashedSecret.of("abc"))
                .isNotEqualTo(HashedSecret.of("abd"))
                .isNotEqualTo("abc");
    }
}
