package io.simpleim.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedPermitsTest {
    private static final int LIMIT = 3;

    private final KeyedPermits permits = new KeyedPermits(LIMIT);

    @Test
    void eachKeyHasItsOwnLimit() {
        assertThat(permits.tryAcquire("ann", LIMIT)).isTrue();
        assertThat(permits.tryAcquire("ann")).isFalse();
        assertThat(permits.tryAcquire("bob")).isTrue();
    }

    @Test
    void aReleasedPermitCanBeAcquiredAgain() {
        permits.tryAcquire("ann", LIMIT);
        permits.release("ann");

        assertThat(permits.tryAcquire("ann")).isTrue();
        assertThat(permits.tryAcquire("ann")).isFalse();
    }

    @Test
    void aRefusedAcquisitionTakesNothing() {
        assertThat(permits.tryAcquire("ann", 2)).isTrue();
        assertThat(permits.tryAcquire("ann", 2)).isFalse();
        assertThat(permits.tryAcquire("ann", 1)).isTrue();
        assertThat(permits.tryAcquire("ann", Long.MAX_VALUE)).isFalse();
    }

    @Test
    void aKeyWithoutPermitsIsForgotten() {
        permits.tryAcquire("ann", 2);
        permits.tryAcquire("bob", LIMIT + 1);
        permits.release("ann", 2);
        permits.release("carl");

        assertThat(permits.keys()).isZero();
    }

    @Test
    void threadsNeverHoldMoreThanTheLimitTogether() throws Exception {
        AtomicInteger held = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> acquireAndRelease(held)))
                    .toList();
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(permits.keys()).isZero();
    }

    private void acquireAndRelease(AtomicInteger held) {
        for (int i = 0; i < 10_000; i++) {
            if (permits.tryAcquire("ann")) {
                assertThat(held.incrementAndGet()).isLessThanOrEqualTo(LIMIT);
                held.decrementAndGet();
                permits.release("ann");
            }
        }
    }
}
