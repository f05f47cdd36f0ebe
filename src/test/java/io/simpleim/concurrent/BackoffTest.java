package io.simpleim.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(300), new SplittableRandom(1));

    @Test
    void eachStepDoublesUpToTheMaximum() {
        assertThat(backoff.nextMillis()).isBetween(50L, 99L);
        assertThat(backoff.nextMillis()).isBetween(100L, 199L);
        assertThat(backoff.nextMillis()).isBetween(200L, 399L);
        assertThat(backoff.nextMillis()).isBetween(300L, 599L);
        assertThat(backoff.nextMillis()).isBetween(300L, 599L);
    }

    @Test
    void resetStartsAgainWithTheFirstStep() {
        backoff.nextMillis();
        backoff.nextMillis();
        backoff.reset();
        assertThat(backoff.nextMillis()).isBetween(50L, 99L);
    }

    @Test
    void boundsOutOfRangeAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), new SplittableRandom(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), new SplittableRandom(1)));
    }
}
