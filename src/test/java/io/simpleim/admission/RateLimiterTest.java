package io.simpleim.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    @Test
    void aBurstIsAcceptedAndFurtherUsesAreRefusedForAWhile() {
        RateLimiter rate = new RateLimiter(1, 1_000, Limit.MESSAGES_PER_SECOND);
        for (int i = 0; i < 1_000; i++) {
            rate.take("ann");
        }
        RequestRejected refused = firstRefusal(rate, "ann");

        assertThat(refused.error()).isEqualTo(ApiError.RATE_LIMITED);
        assertThat(refused.reason()).isEqualTo("messagesPerSecond");
        assertThat(refused.retryAfterSeconds()).isBetween(1, 2);
    }

    @Test
    void usersHaveSeparateRates() {
        RateLimiter rate = new RateLimiter(1, 3, Limit.MESSAGES_PER_SECOND);
        firstRefusal(rate, "ann");

        rate.take("bob");
        assertThat(firstRefusal(rate, "bob").error()).isEqualTo(ApiError.RATE_LIMITED);
    }

    /** However slow the machine: far more than it could refill meanwhile. */
    private static RequestRejected firstRefusal(RateLimiter rate, String userId) {
        RequestRejected refused = catchThrowableOfType(RequestRejected.class, () -> {
            for (int i = 0; i < 1_000_000; i++) {
                rate.take(userId);
            }
        });
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }
}
