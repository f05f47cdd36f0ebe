package io.simpleim.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.Refused;
import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    void aBurstIsLetThroughAndWhatIsBeyondIsRefusedForAWhile() {
        Rate rate = new Rate(1, 1_000, Limit.MESSAGES_PER_SECOND);
        for (int i = 0; i < 1_000; i++) {
            rate.take("ann");
        }
        Refused refused = firstRefusal(rate, "ann");

        assertThat(refused.error()).isEqualTo(ApiError.RATE_LIMITED);
        assertThat(refused.reason()).isEqualTo("messagesPerSecond");
        assertThat(refused.retryAfterSeconds()).isBetween(1, 2);
    }

    @Test
    void oneUserDoesNotUseUpWhatAnotherHas() {
        Rate rate = new Rate(1, 3, Limit.MESSAGES_PER_SECOND);
        firstRefusal(rate, "ann");

        rate.take("bob");
        assertThat(firstRefusal(rate, "bob").error()).isEqualTo(ApiError.RATE_LIMITED);
    }

    /** However slow the machine: far more than it could refill meanwhile. */
    private static Refused firstRefusal(Rate rate, String userId) {
        Refused refused = catchThrowableOfType(Refused.class, () -> {
            for (int i = 0; i < 1_000_000; i++) {
                rate.take(userId);
            }
        });
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }
}
