package io.simpleim.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import org.junit.jupiter.api.Test;

class SendRateTest {

    @Test
    void aBurstIsLetThroughAndWhatIsBeyondIsRefusedForAWhile() {
        SendRate rate = new SendRate(1, 1_000);
        for (int i = 0; i < 1_000; i++) {
            rate.take("ann");
        }
        Refused refused = firstRefusal(rate, "ann");

        assertThat(refused.error()).isEqualTo(ApiError.RATE_LIMITED);
        assertThat(refused.retryAfterSeconds()).isBetween(1, 2);
    }

    @Test
    void oneUserDoesNotUseUpWhatAnotherHas() {
        SendRate rate = new SendRate(1, 3);
        firstRefusal(rate, "ann");

        rate.take("bob");
        assertThat(firstRefusal(rate, "bob").error()).isEqualTo(ApiError.RATE_LIMITED);
    }

    /** However slow the machine: far more than it could refill meanwhile. */
    private static Refused firstRefusal(SendRate rate, String userId) {
        Refused refused = catchThrowableOfType(Refused.class, () -> {
            for (int i = 0; i < 1_000_000; i++) {
                rate.take(userId);
            }
        });
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }
}
