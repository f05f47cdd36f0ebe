package io.simpleim.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void givesSharesWithinItsError() {
        Histogram histogram = new Histogram();
        for (long micros = 1; micros <= 100_000; micros++) {
            histogram.record(1000 * micros);
        }

        assertThat(histogram.count()).isEqualTo(100_000);
        assertThat(histogram.millis(0.5)).isCloseTo(50, within(50 * 0.016));
        assertThat(histogram.millis(0.99)).isCloseTo(99, within(99 * 0.016));
        assertThat(histogram.maxMillis()).isEqualTo(100);
        assertThat(histogram.millis(1)).isEqualTo(100);
    }

    @Test
    void isZeroWithoutRecords() {
        assertThat(new Histogram().millis(0.99)).isZero();
    }
}
