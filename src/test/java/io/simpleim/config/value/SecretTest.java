package io.simpleim.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SecretTest {
    private final Secret secret = Secret.of("pässword");

    @Test
    void printsNothingOfItself() {
        assertThat(secret).hasToString("[REDACTED]");
        assertThat(secret.hashCode()).isEqualTo(Secret.of("another").hashCode());
    }

    @Test
    void revealsTheTextOnRequest() {
        assertThat(secret.reveal()).isEqualTo("pässword");
        assertThat(secret.utf8Length()).isEqualTo(9);
    }

    @Test
    void equalsASecretOfTheSameText() {
        assertThat(secret).isEqualTo(Secret.of("pässword")).isNotEqualTo(Secret.of("password"));
        assertThat(secret).isNotEqualTo("pässword");
    }

    @Test
    void isNeverEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
    }
}
