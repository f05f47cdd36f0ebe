package io.simpleim.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void quantilesAreWithinTheStatedError() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (long micros = 1; micros <= 100_000; micros++) {
            histogram.record(1000 * micros);
        }

        assertThat(histogram.count()).isEqualTo(100_000);
        assertThat(histogram.millis(0.5)).isCloseTo(50, within(50 * 0.01));
        assertThat(histogram.millis(0.99)).isCloseTo(99, within(99 * 0.01));
        assertThat(histogram.maxMillis()).isEqualTo(100);
        assertThat(histogram.millis(1)).isEqualTo(100);
    }

    @Test
    void isZeroWhenNothingWasRecorded() {
        assertThat(new LatencyHistogram().millis(0.99)).isZero();
    }
}
