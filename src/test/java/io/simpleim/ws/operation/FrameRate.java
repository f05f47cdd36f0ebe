package io.simpleim.ws.operation;

import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;

/** A frame rate that never refills, so that charges can be counted. */
final class FrameRate {
    private static final int BURST = 10;

    final RateLimiter limiter = new RateLimiter(1, BURST, Limit.FRAMES_PER_SECOND, () -> 0);

    /** How often a user was charged; uses up the rest. */
    int charges(String userId) {
        int left = 0;
        while (true) {
            try {
                limiter.take(userId);
                left++;
            } catch (RequestRejected e) {
                return BURST - left;
            }
        }
    }
}
