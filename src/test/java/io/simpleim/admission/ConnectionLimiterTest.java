package io.simpleim.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.api.Limit;
import io.simpleim.testing.Race;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {
    @Test
    void aUserIsLimitedAndLeavingFreesAPlace() {
        ConnectionLimiter admission = new ConnectionLimiter(100, 2, 100);
        admission.enter("ann", "10.0.0.1");
        admission.enter("ann", "10.0.0.2");

        assertThat(admission.enter("ann", "10.0.0.3")).contains(Limit.CONNECTIONS_PER_USER);
        assertThat(admission.enter("bob", "10.0.0.3")).isEmpty();

        admission.leave("ann", "10.0.0.1");
        assertThat(admission.enter("ann", "10.0.0.3")).isEmpty();
        assertThat(admission.enter("ann", "10.0.0.3")).contains(Limit.CONNECTIONS_PER_USER);
    }

    @Test
    void anAddressIsLimitedAndARefusedConnectionIsNotCounted() {
        ConnectionLimiter admission = new ConnectionLimiter(100, 2, 1);
        admission.enter("ann", "10.0.0.1");

        assertThat(admission.enter("bob", "10.0.0.1")).contains(Limit.CONNECTIONS_PER_ADDRESS);
        assertThat(admission.enter("bob", "10.0.0.1")).contains(Limit.CONNECTIONS_PER_ADDRESS);
        assertThat(admission.enter("bob", "10.0.0.2")).isEmpty();
        assertThat(admission.enter("bob", "")).isEmpty();
    }

    @Test
    void anEmptyAddressIsNotLimited() {
        ConnectionLimiter admission = new ConnectionLimiter(100, 1, 1);

        assertThat(List.of("a", "b", "c"))
                .allSatisfy(user -> assertThat(admission.enter(user, "")).isEmpty());
    }

    @Test
    void itIsFullUntilSomebodyLeaves() {
        ConnectionLimiter admission = new ConnectionLimiter(2, 10, 10);
        admission.enter("ann", "");
        assertThat(admission.isFull()).isFalse();
        admission.enter("ann", "");
        assertThat(admission.isFull()).isTrue();
        admission.leave("ann", "");
        assertThat(admission.isFull()).isFalse();
    }

    @Test
    void concurrentConnectionsNeverExceedTheLimit() {
        ConnectionLimiter admission = new ConnectionLimiter(100, 7, 100);

        List<Optional<Limit>> outcomes = Race.call(40, i -> admission.enter("ann", "10.0.0.1"));

        assertThat(outcomes).filteredOn(Optional::isEmpty).hasSize(7);
    }
}
