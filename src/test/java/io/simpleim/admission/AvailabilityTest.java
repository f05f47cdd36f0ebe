package io.simpleim.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private final Availability availability = new Availability();

    @Test
    void requestsAreTakenBetweenTheStartAndTheStop() {
        assertThat(availability.isUp()).isFalse();
        assertThat(availability).hasToString("starting");
        availability.started();
        assertThat(availability.isUp()).isTrue();
        assertThat(availability).hasToString("up");
        availability.stopping();
        assertThat(availability.isUp()).isFalse();
        assertThat(availability).hasToString("stopping");
    }

    /** The store may answer for the first time while the server is being stopped. */
    @Test
    void aServerThatIsStoppingNeverStarts() {
        availability.stopping();
        availability.started();

        assertThat(availability.isUp()).isFalse();
    }
}
